package dev.entrepot.formats.torch.exported;

/** What an output of the graph stands for. Source: schema.py, OutputSpec. */
public sealed interface OutputSpec {

    /** What forward returns. */
    record UserOutput(Argument arg) implements OutputSpec {}

    /** The loss of a training step. */
    record LossOutput(String arg) implements OutputSpec {}

    /** What a buffer holds afterwards. */
    record BufferMutation(String arg, String bufferName) implements OutputSpec {}

    /** What a parameter holds afterwards. */
    record ParameterMutation(String arg, String parameterName) implements OutputSpec {}

    /** A gradient. */
    record GradientToParameter(String arg, String parameterName) implements OutputSpec {}

    /** A gradient. */
    record GradientToUserInput(String arg, String userInputName) implements OutputSpec {}

    /** What an input of forward holds afterwards. */
    record UserInputMutation(String arg, String userInputName) implements OutputSpec {}

    /** A token, which orders effects and holds no data. */
    record Token(String arg) implements OutputSpec {}
}
