package dev.entrepot.importers.torch.exported;

import dev.entrepot.formats.torch.exported.GraphModule;
import dev.entrepot.formats.torch.exported.InputSpec;
import dev.entrepot.formats.torch.exported.OutputSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which parameters and buffers a program changes, and whether it matters. One whose changes reach an output becomes an input and an
 * output of the model; one that only counts, such as {@code num_batches_tracked}, stays what it was.
 */
final class States {

    private final GraphModule module;
    private final Liveness liveness;
    private final Map<String, String> mutations = new LinkedHashMap<>();
    private final Map<String, String> written = new LinkedHashMap<>();
    private final Map<String, String> kept = new LinkedHashMap<>();

    States(GraphModule module) {
        this.module = module;
        this.liveness = new Liveness(module.graph());
        for (OutputSpec spec : module.signature().outputSpecs()) {
            if (spec instanceof OutputSpec.BufferMutation mutation) {
                mutations.put(mutation.bufferName(), mutation.arg());
            } else if (spec instanceof OutputSpec.ParameterMutation mutation) {
                mutations.put(mutation.parameterName(), mutation.arg());
            }
        }
        findWritten();
        followKept();
    }

    private void findWritten() {
        for (InputSpec spec : module.signature().inputSpecs()) {
            if (spec instanceof InputSpec.Parameter parameter) {
                findWritten(parameter.parameterName(), parameter.arg());
            } else if (spec instanceof InputSpec.Buffer buffer) {
                findWritten(buffer.bufferName(), buffer.arg());
            } else if (spec instanceof InputSpec.TensorConstant constant) {
                findWritten(constant.tensorConstantName(), constant.arg());
            }
        }
    }

    private void findWritten(String target, String name) {
        if (mutations.containsKey(target) || liveness.writer(name).isPresent()) {
            written.put(target, name);
        }
    }

    /** What a kept state becomes matters as much as an output, and may need other states. */
    private void followKept() {
        liveness.require(module.signature().outputSpecs().stream()
                .flatMap(spec -> userNames(spec).stream())
                .toList());
        List<String> found;
        do {
            found = new ArrayList<>();
            for (Map.Entry<String, String> state : written.entrySet()) {
                if (!kept.containsKey(state.getKey()) && liveness.isNeeded(state.getValue())) {
                    String next = mutations.getOrDefault(state.getKey(), state.getValue());
                    kept.put(state.getKey(), next);
                    found.add(next);
                }
            }
            liveness.require(found);
        } while (!found.isEmpty());
    }

    private static List<String> userNames(OutputSpec spec) {
        if (spec instanceof OutputSpec.UserOutput output) {
            return output.arg().mentions();
        }
        return spec instanceof OutputSpec.LossOutput loss ? List.of(loss.arg()) : List.of();
    }

    Liveness liveness() {
        return liveness;
    }

    /** The states that matter, by name, with the value of the graph that each becomes. */
    Map<String, String> kept() {
        return kept;
    }

    /** What is written and changes nothing that is returned. */
    List<String> dropped() {
        return written.keySet().stream().filter(name -> !kept.containsKey(name)).toList();
    }

    /** The operator that writes the input of this name, or where its mutation is stated; empty if nothing does. */
    String writerOfInput(String name) {
        boolean stated = module.signature().outputSpecs().stream()
                .anyMatch(spec -> spec instanceof OutputSpec.UserInputMutation mutation
                        && mutation.userInputName().equals(name));
        return stated
                ? "the program"
                : Objects.requireNonNullElse(liveness.writer(name).orElse(null), "");
    }
}
