package dev.entrepot.validator.oracle;

import dev.entrepot.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A TorchScript module in source: the text of its methods, and the tensors that it owns.
 *
 * @param source methods at the left margin, {@code def forward(self, x): ...}; parameters and buffers are {@code self.NAME}
 * @param parameters the parameters by name, in their order
 * @param buffers the buffers by name, in their order
 * @param form what the module becomes before it is run and saved
 */
public record TorchProgram(String source, Map<String, Tensor> parameters, Map<String, Tensor> buffers, Form form) {

    /** What is done to a module after it is compiled. */
    public enum Form {
        /** Nothing: its tensors stay its attributes. */
        SCRIPTED,
        /** {@code torch.jit.freeze}: its tensors become constants of the code. */
        FROZEN
    }

    public TorchProgram {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        buffers = Collections.unmodifiableMap(new LinkedHashMap<>(buffers));
    }

    /** A scripted module without buffers. */
    public static TorchProgram of(String source, Map<String, Tensor> parameters) {
        return new TorchProgram(source, parameters, Map.of(), Form.SCRIPTED);
    }
}
