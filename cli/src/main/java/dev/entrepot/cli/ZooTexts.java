package dev.entrepot.cli;

import dev.entrepot.zoo.catalogue.ValidationRun;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.entry.ModelCard;
import dev.entrepot.zoo.entry.ModelRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Entries of the zoo as people read them. */
final class ZooTexts {

    private ZooTexts() {}

    /** A version in some lines. */
    static String of(Version version, List<ValidationRun> validations) {
        ModelRecord record = version.record();
        ModelRecord.Facts facts = record.facts();
        ModelCard card = record.card();
        List<String> lines = new ArrayList<>();
        lines.add(version.name() + (card.title().isEmpty() ? "" : ": " + card.title()));
        lines.add("  digest    " + version.digest());
        lines.add("  published " + version.published() + " by " + version.publishedBy() + ", aliases "
                + String.join(", ", version.aliases()));
        lines.add("  source    " + record.source().framework() + " "
                + record.source().format());
        lines.add("  licence   " + card.licence() + (card.task().isEmpty() ? "" : ", task " + card.task()));
        lines.add("  model     %,d bytes, opset %d, IR version %d, %,d nodes, %,d parameters, %s"
                .formatted(
                        facts.bytes(),
                        facts.opset(),
                        facts.irVersion(),
                        facts.nodes(),
                        facts.parameters(),
                        facts.precision()));
        lines.add("  operators "
                + facts.operators().entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue())
                        .collect(Collectors.joining(", ")));
        facts.inputs().forEach(port -> lines.add("  input     " + Texts.port(port)));
        facts.outputs().forEach(port -> lines.add("  output    " + Texts.port(port)));
        card.preprocessing().forEach(step -> lines.add("  prepare   " + step.type() + " " + step.parameters()));
        for (ValidationRun run : validations) {
            lines.add("  validated " + run.created() + ": " + run.verdict() + " on " + run.provider() + ", "
                    + run.runtime()
                    + run.greatest("max_error_over_bound")
                            .map(worst -> String.format(Locale.ROOT, ", error %.3f of its bound", worst))
                            .orElse("")
                    + ", isolation " + run.isolation());
        }
        version.files()
                .forEach(file -> lines.add("  %s %,12d  %s".formatted(file.sha256(), file.bytes(), file.path())));
        record.warnings().forEach(warning -> lines.add("  warning: " + warning));
        return String.join(System.lineSeparator(), lines);
    }
}
