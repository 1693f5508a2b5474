package dev.entrepot.importers;

import java.util.List;
import java.util.Optional;

/**
 * What a caller asks of an import.
 *
 * @param inputs what is said about inputs; others are as the source states them
 * @param missing what to do about a parameter that has no weights
 */
public record ImportOptions(List<InputSpec> inputs, Missing missing) {

    /** Nothing special. */
    public static final ImportOptions DEFAULT = new ImportOptions(List.of(), Missing.REFUSE);

    /** What to do about a parameter that has no weights. */
    public enum Missing {
        /** Refuse the model and list all such parameters. */
        REFUSE,
        /** Use the values its filler states, or zeros, and list all such parameters as warnings. */
        FILL
    }

    public ImportOptions {
        inputs = List.copyOf(inputs);
    }

    /** What is said about the input of this name. */
    public Optional<InputSpec> input(String name) {
        return inputs.stream().filter(input -> input.name().equals(name)).findFirst();
    }
}
