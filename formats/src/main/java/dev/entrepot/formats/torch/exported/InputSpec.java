package dev.entrepot.formats.torch.exported;

/** What an input of the graph stands for. Source: schema.py, InputSpec. */
public sealed interface InputSpec {

    /** What forward is called with. */
    record UserInput(Argument arg) implements InputSpec {}

    /** A parameter, by its name in state_dict. */
    record Parameter(String arg, String parameterName) implements InputSpec {}

    /**
     * A buffer, by its name.
     *
     * @param persistent whether it is part of state_dict; otherwise it lies among the constants
     */
    record Buffer(String arg, String bufferName, boolean persistent) implements InputSpec {}

    /** A tensor that the code holds, by its name among the constants. */
    record TensorConstant(String arg, String tensorConstantName) implements InputSpec {}

    /** An object of a custom class, by its name among the constants. */
    record CustomObj(String arg, String classFqn, String customObjName) implements InputSpec {}

    /** A token, which orders effects and holds no data. */
    record Token(String arg) implements InputSpec {}

    /** What forward was called with and the program keeps: numbers, texts, None. */
    record ConstantInput(String name, Argument value) implements InputSpec {}
}
