package dev.entrepot.validator.report;

import dev.entrepot.validator.report.Report.OutputPower;
import dev.entrepot.validator.report.Report.Subject;
import dev.entrepot.validator.report.Run.Distances;
import dev.entrepot.validator.report.Run.NodePlacement;
import dev.entrepot.validator.report.Run.Output;
import dev.entrepot.validator.report.Run.Task;
import dev.entrepot.validator.report.Run.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report for a terminal. */
public final class TextReport {

    private static final List<String> HEADINGS = List.of(
            "output", "set", "type", "max abs", "max rel", "cosine", "SNR dB", "error/bound", "top-1", "result");

    private TextReport() {}

    /** The report as lines of text, each ending in {@code \n}. */
    public static String of(Report report) {
        StringBuilder text = new StringBuilder();
        line(text, "model", subject(report.subject()));
        line(
                text,
                "reference",
                report.reference().name() + ", " + report.reference().sets() + " set(s)");
        for (Run run : report.runs()) {
            line(
                    text,
                    "runtime",
                    run.runtime().name() + " " + run.runtime().version() + " on "
                            + run.device().kind() + " (" + run.device().reason() + ")");
            NodePlacement placement = run.placement();
            if (placement != null) {
                line(text, "nodes", placement(placement));
            }
            Timing timing = run.timing();
            if (timing != null) {
                line(text, "time", timing(timing));
            }
            text.append(table(run.outputs()));
        }
        for (OutputPower power : report.reference().power()) {
            if (power.degenerate()) {
                line(text, "weak", "the reference of " + shown(power.name()) + " proves nothing: " + power.weakness());
            }
        }
        if (!report.reference().withoutReference().isEmpty()) {
            line(text, "not compared", String.join(", ", report.reference().withoutReference()));
        }
        line(text, report.verdict().reportName(), report.verdictReason().text());
        Localisation localisation = report.localisation();
        if (localisation != null) {
            line(text, "layers", layers(localisation));
            report.layers().stream()
                    .filter(layer -> !layer.pass())
                    .forEach(layer -> line(text, layer.firstBad() ? "first off" : "off", layer(layer, localisation)));
            line(text, "located", localisation.text());
        }
        return text.toString();
    }

    private static String layers(Localisation localisation) {
        return localisation.compared() + " compared, each from the reference's values of those before it; "
                + localisation.off() + " out of tolerance";
    }

    private static String layer(Localisation.Layer layer, Localisation localisation) {
        Double maxAbs = layer.maxAbs();
        Double overBound = layer.errorOverBound();
        String off = maxAbs == null || overBound == null
                ? layer.fault()
                : "max abs " + small(maxAbs) + ", error/bound " + small(overBound);
        return layer.called(localisation.framework()) + ", node " + shown(layer.onnxNode()) + " (" + layer.op() + "): "
                + off;
    }

    private static String subject(Subject subject) {
        return subject.name() + ", opset " + subject.opsetImports().getOrDefault("", 0L) + ", " + subject.nodes()
                + " nodes, " + subject.parameters() + " parameters, sha256 "
                + subject.modelSha256().substring(0, 12);
    }

    private static String placement(NodePlacement placement) {
        String nodes = placement.nodesByProvider().entrySet().stream()
                .map(provider -> provider.getValue() + " on " + provider.getKey())
                .collect(Collectors.joining(", "));
        return placement.memcpyNodes() == 0
                ? nodes
                : nodes + ", " + placement.memcpyNodes() + " of them copies between devices";
    }

    private static String timing(Timing timing) {
        String text =
                String.format(Locale.ROOT, "load %.1f ms, first run %.2f ms", timing.loadMs(), timing.firstRunMs());
        Double p50 = timing.p50Ms();
        return p50 == null
                ? text
                : text + String.format(Locale.ROOT, ", median %.2f ms of %d more", p50, timing.runs());
    }

    private static String table(List<Output> outputs) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        outputs.forEach(output -> rows.add(row(output)));
        int[] widths = new int[HEADINGS.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                line.append(row.get(column))
                        .append(" ".repeat(widths[column] - row.get(column).length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static List<String> row(Output output) {
        Distances distances = output.vsReference();
        Task task = output.task();
        Double snr = distances == null ? null : distances.snrDb();
        Double overBound = output.bound().maxErrorOverBound();
        return List.of(
                shown(output.name()),
                shown(output.set()),
                output.dtype() + output.shape(),
                distances == null ? "-" : small(distances.maxAbs()),
                distances == null ? "-" : small(distances.maxRel()),
                distances == null ? "-" : String.format(Locale.ROOT, "%.9f", distances.cosine()),
                distances == null ? "-" : snr == null ? "equal" : String.format(Locale.ROOT, "%.1f", snr),
                overBound == null ? "-" : small(overBound),
                task == null ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * task.top1Agree()),
                result(output));
    }

    private static String result(Output output) {
        if (output.pass()) {
            return "pass";
        }
        if (!output.fault().isEmpty()) {
            return "FAIL: " + output.fault();
        }
        return "FAIL: " + output.mismatches() + " of " + output.elements() + " differ, first at "
                + output.firstMismatchIndex();
    }

    private static String small(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }

    /** A name that a file gave, without control characters and cut where it is too long. */
    private static String shown(String name) {
        String plain = name.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return plain.length() <= 60 ? plain : plain.substring(0, 59) + "…";
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(String.format(Locale.ROOT, "%-12s %s%n", key, value).replace(System.lineSeparator(), "\n"));
    }
}
