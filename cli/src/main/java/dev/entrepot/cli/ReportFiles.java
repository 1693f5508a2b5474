package dev.entrepot.cli;

import dev.entrepot.validator.report.JUnitReport;
import dev.entrepot.validator.report.JsonReport;
import dev.entrepot.validator.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The files that a validation's report can be written to. */
final class ReportFiles {

    @Option(names = "--report", paramLabel = "FILE", description = "Write the validation report as JSON.")
    private @Nullable Path json;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the validation report as JUnit XML.")
    private @Nullable Path junit;

    void write(Report report) throws IOException {
        if (json != null) {
            Files.writeString(json, JsonReport.of(report));
        }
        if (junit != null) {
            Files.writeString(junit, JUnitReport.of(report));
        }
    }
}
