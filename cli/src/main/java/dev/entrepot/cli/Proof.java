package dev.entrepot.cli;

import dev.entrepot.validator.report.Report;
import dev.entrepot.validator.report.Run;
import dev.entrepot.zoo.convert.Conversion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A model that came in and its validation.
 *
 * @param name the model's name
 * @param conversion how it came in
 * @param validation what its validation found
 */
record Proof(String name, Conversion conversion, Report validation) {

    /** A row for each, in the columns that people read. */
    static String table(List<Proof> proofs) {
        List<List<String>> rows = new ArrayList<>();
        proofs.forEach(proof -> rows.add(proof.row()));
        return Texts.columns(
                List.of("model", "source", "nodes", "parameters", "max error / bound", "top-1", "provider", "verdict"),
                rows);
    }

    private List<String> row() {
        List<Run.Output> outputs = validation.runs().stream()
                .flatMap(run -> run.outputs().stream())
                .toList();
        double worst = outputs.stream()
                .map(output -> output.bound().maxErrorOverBound())
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(Double.NaN);
        double error = outputs.stream()
                .map(Run.Output::vsReference)
                .filter(Objects::nonNull)
                .mapToDouble(Run.Distances::maxAbs)
                .max()
                .orElse(Double.NaN);
        String topClass = outputs.stream()
                .map(Run.Output::task)
                .filter(Objects::nonNull)
                .map(task -> Math.round(task.top1Agree() * task.rows()) + "/" + task.rows())
                .findFirst()
                .orElse("-");
        String provider = validation.runs().stream()
                .map(run -> run.device().kind())
                .findFirst()
                .orElse("-");
        return List.of(
                name,
                conversion.source().framework() + " " + conversion.source().format(),
                Integer.toString(conversion.model().nodes()),
                String.format(Locale.ROOT, "%,d", conversion.model().parameters()),
                String.format(Locale.ROOT, "%.1e (%.3f of bound)", error, worst),
                topClass,
                provider,
                validation.verdict().reportName());
    }
}
