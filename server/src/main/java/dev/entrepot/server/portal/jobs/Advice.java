package dev.entrepot.server.portal.jobs;

import dev.entrepot.server.jobs.Outcome.Failure;
import dev.entrepot.server.jobs.Outcome.Fault;
import java.util.ArrayList;
import java.util.List;

/** What to do about a failure, told by the words of its reasons. */
final class Advice {

    /**
     * A piece of advice.
     *
     * @param sign what a reason says that calls for it
     * @param text what to do
     */
    private record Rule(String sign, String text) {}

    private static final List<Rule> BY_REASON = List.of(
            new Rule(
                    "does not tell what makes the network",
                    "Give the expression that makes the network, such as Net() or resnet20(), beside the .py file that defines it."),
            new Rule(
                    "name the source that they belong to",
                    "Weights alone do not tell their network: add the .py file that defines it, and its expression."),
            new Rule(
                    "--input",
                    "Tell the inputs' shapes under “Inputs”, one a line, such as x:float32[N,3,224,224]; the names are those of forward's parameters."),
            new Rule(
                    "--allow-missing",
                    "Look whether the weights are those of this network. If they are, tick “Fill parameters that have no weights”."),
            new Rule(
                    "--allow-unused",
                    "Look whether the weights are those of this network. If they are, tick “Leave out weights that fit no parameter”."),
            new Rule(
                    "is not recognised as a model",
                    "Look whether all files of the model are there; if they are, choose the framework instead of “by content”."),
            new Rule("one model is expected", "Give the files of one model only."));

    private Advice() {}

    /** What to do next, the most telling first. */
    static List<String> on(Failure failure) {
        List<String> advice = new ArrayList<>();
        for (Rule rule : BY_REASON) {
            boolean applies = failure.detail().contains(rule.sign)
                    || failure.problems().stream().map(Fault::reason).anyMatch(reason -> reason.contains(rule.sign));
            if (applies) {
                advice.add(rule.text);
            }
        }
        if (advice.isEmpty()) {
            advice.add(byKind(failure));
        }
        return advice;
    }

    private static String byKind(Failure failure) {
        return switch (failure.kind()) {
            case "malformed" ->
                "Mend the files at the places below, or fetch them again if they were cut short, and convert again.";
            case "unsupported" ->
                "SUPPORTED.md, and “entrepot supported”, tell what is. Where a layer does nothing for inference, "
                        + "take it out of the source; else tell the project what you need, with the text below.";
            case "limit-exceeded" ->
                "The limit and what was found stand below. Whoever runs the server can raise some of them.";
            case "not-proven" ->
                "Look whether the reference was made with these very weights and this source, in inference mode, "
                        + "from inputs prepared as the model wants them. If it was, the report below tells how far off each output is.";
            case "timeout" ->
                "Convert again when the server is less busy, or give the inputs as numbers instead of symbols.";
            case "cancelled" -> "Convert again takes it up anew.";
            default -> "Convert again; if it fails once more, whoever runs the server finds the job's id in its log.";
        };
    }
}
