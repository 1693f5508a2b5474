package dev.entrepot.cli;

import dev.entrepot.bytes.FileSource;
import dev.entrepot.zoo.inspect.Inspection;
import dev.entrepot.zoo.inspect.Inspector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code entrepot inspect}: what files are; nothing in them is run. */
@Command(name = "inspect", description = "Say what files are: framework, form, layers, tensors. Never runs anything.")
final class InspectCommand implements Callable<Integer> {

    @ParentCommand
    private Entrepot entrepot = new Entrepot();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files to look at.")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        List<Inspection> inspections = new ArrayList<>();
        for (Path file : files) {
            try (FileSource source = FileSource.open(file)) {
                inspections.add(Inspector.inspect(source));
            }
        }
        String human = inspections.stream()
                .map(Texts::of)
                .collect(Collectors.joining(System.lineSeparator().repeat(2)));
        String quiet = inspections.stream().map(Inspection::format).collect(Collectors.joining(System.lineSeparator()));
        entrepot.console().result(inspections, human, quiet);
        return ExitCode.DONE;
    }
}
