package dev.entrepot.importers.torch.script;

import dev.entrepot.formats.torch.TorchFile;
import dev.entrepot.formats.torch.script.FunctionDefinition;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The example that a traced model may carry: the types of the tensors that it was traced with. */
final class TracedInputs {

    private static final Pattern TYPE = Pattern.compile("(\\w+)\\[([0-9, ]*)\\]");

    private TracedInputs() {}

    /** The inputs, the first axis of each of any size: mostly it counts the examples of a batch. */
    static List<InputSpec> of(TorchFile file, FunctionDefinition forward) {
        return withSizes(file, forward).stream()
                .map(input -> input.shape().rank() < 2
                        ? input
                        : new InputSpec(
                                input.name(), input.type(), input.shape().with(0, Dim.of("N"))))
                .toList();
    }

    /** The inputs with the sizes of the example; none if there is no example, or one that is not all tensors. */
    static List<InputSpec> withSizes(TorchFile file, FunctionDefinition forward) {
        String said = file.facts().getOrDefault("traced_inputs", "");
        List<InputSpec> inputs = new ArrayList<>();
        Matcher types = TYPE.matcher(said);
        while (types.find() && inputs.size() + 1 < forward.parameters().size()) {
            List<Dim> dims = new ArrayList<>();
            for (String size :
                    types.group(2).isBlank() ? new String[0] : types.group(2).split(", ?")) {
                dims.add(Dim.of(Long.parseLong(size.strip())));
            }
            DataType type = DataType.ofNumpyName(types.group(1)).orElse(DataType.FLOAT);
            inputs.add(new InputSpec(forward.parameters().get(inputs.size() + 1).name(), type, Shape.of(dims)));
        }
        return inputs;
    }
}
