package dev.entrepot.formats.torch.exported;

import dev.entrepot.bytes.SourceLocation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call of an operator. Source: schema.py, Node.
 *
 * @param target the operator, such as {@code torch.ops.aten.conv2d.default} or {@code _operator.mul}
 * @param inputs the arguments; those that equal their defaults may be left out
 * @param outputs what it makes, one for each return value
 * @param metadata what the exporter noted: {@code nn_module_stack}, {@code stack_trace} and others
 * @param isHopSingleTensorReturn whether a higher-order operator returns a tensor, not a tuple of one
 * @param where the node's place in the document
 */
public record Node(
        String target,
        List<NamedArgument> inputs,
        List<Argument> outputs,
        Map<String, String> metadata,
        Optional<Boolean> isHopSingleTensorReturn,
        SourceLocation where) {

    public Node {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** The modules that were running, outermost first; empty if the exporter noted none. */
    public List<ModuleFrame> moduleStack() {
        return ModuleFrame.stack(metadata.getOrDefault("nn_module_stack", ""));
    }
}
