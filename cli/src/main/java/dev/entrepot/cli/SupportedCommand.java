package dev.entrepot.cli;

import dev.entrepot.zoo.convert.Coverage;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code entrepot supported}: the layers and operators of every framework, and what becomes of them. */
@Command(name = "supported", description = "List every layer type and operator, with refusals and their reasons.")
final class SupportedCommand implements Callable<Integer> {

    @ParentCommand
    private Entrepot entrepot = new Entrepot();

    @Option(names = "--markdown", description = "Print SUPPORTED.md.")
    private boolean markdown;

    @Override
    public Integer call() {
        List<Coverage> all = Coverage.all();
        String text = markdown ? Texts.markdown(all) : Texts.table(all);
        entrepot.console().result(all, text.stripTrailing(), text.stripTrailing());
        return ExitCode.DONE;
    }
}
