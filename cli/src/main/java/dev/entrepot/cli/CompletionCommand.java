package dev.entrepot.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code entrepot completion}: a script that teaches bash and zsh the command line. */
@Command(name = "completion", description = "Print a completion script: source <(entrepot completion).")
final class CompletionCommand implements Callable<Integer> {

    @ParentCommand
    private Entrepot entrepot = new Entrepot();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        entrepot.console().text(AutoComplete.bash("entrepot", spec.root().commandLine()));
        return ExitCode.DONE;
    }
}
