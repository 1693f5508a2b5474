package dev.entrepot.importers.torch.exported;

import dev.entrepot.formats.torch.exported.GraphModule;
import dev.entrepot.formats.torch.exported.ModuleCallEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Names for what forward takes and returns, from the containers it came in. */
final class PortNames {

    private PortNames() {}

    /**
     * The names of forward's parameters, with the keys of containers behind them: {@code pair_0}. Where the program does not keep
     * them, as before 2.6, those of the graph, which are mostly the same.
     *
     * @param graphNames one for each value that forward takes
     */
    static List<String> inputs(GraphModule module, List<String> graphNames) {
        Optional<ModuleCallEntry.Signature> call = module.callSignature();
        if (call.isEmpty() || call.get().forwardArgNames().isEmpty()) {
            return graphNames;
        }
        List<List<String>> paths = call.get().inSpec().leafPaths();
        List<String> arguments = call.get().forwardArgNames();
        List<String> names = new ArrayList<>();
        for (List<String> path : paths) {
            Optional<String> argument = argument(path, arguments);
            if (argument.isEmpty()) {
                return graphNames;
            }
            List<String> parts = new ArrayList<>(path.subList(2, path.size()));
            parts.add(0, argument.get());
            names.add(String.join("_", parts));
        }
        return names.size() == graphNames.size() ? names : graphNames;
    }

    /** The tree is a pair of the positional and the keyword arguments. */
    private static Optional<String> argument(List<String> path, List<String> arguments) {
        if (path.size() < 2) {
            return Optional.empty();
        }
        if (path.get(0).equals("1")) {
            return Optional.of(path.get(1));
        }
        int index = Integer.parseInt(path.get(1));
        return index < arguments.size() ? Optional.of(arguments.get(index)) : Optional.empty();
    }

    /** The keys of a dictionary; {@code output} for a single value, {@code output_0} and so on for several. */
    static List<String> outputs(GraphModule module, int count) {
        List<List<String>> paths = module.callSignature()
                .map(call -> call.outSpec().leafPaths())
                .filter(found -> found.size() == count)
                .orElseGet(() -> numbered(count));
        return paths.stream().map(PortNames::output).toList();
    }

    private static List<List<String>> numbered(int count) {
        List<List<String>> paths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            paths.add(count == 1 ? List.of() : List.of(String.valueOf(i)));
        }
        return paths;
    }

    private static String output(List<String> path) {
        String joined = String.join("_", path);
        if (joined.isEmpty()) {
            return "output_0";
        }
        return Character.isDigit(joined.charAt(0)) ? "output_" + joined : joined;
    }
}
