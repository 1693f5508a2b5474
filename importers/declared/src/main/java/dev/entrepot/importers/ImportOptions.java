package dev.entrepot.importers;

import java.util.List;
import java.util.Optional;

/**
 * What a caller asks of an import.
 *
 * @param inputs what is said about inputs; others are as the source states them
 * @param missing what to do about a parameter that has no weights
 * @param unused what to do about weights that fit no parameter
 * @param weightsKey under which key a file of weights keeps the network; looked for where absent
 * @param stripPrefix what to take off the names of all weights that start so; only known prefixes where absent
 */
public record ImportOptions(
        List<InputSpec> inputs,
        Missing missing,
        Unused unused,
        Optional<String> weightsKey,
        Optional<String> stripPrefix) {

    /** Nothing special. */
    public static final ImportOptions DEFAULT = new ImportOptions(List.of(), Missing.REFUSE, Unused.REFUSE);

    /** What to do about a parameter that has no weights. */
    public enum Missing {
        /** Refuse the model and list all such parameters. */
        REFUSE,
        /** Use the values its filler states, or zeros, and list all such parameters as warnings. */
        FILL
    }

    /** What to do about weights that fit no parameter. */
    public enum Unused {
        /** Refuse the model and list all such weights. */
        REFUSE,
        /** Leave them out, and list them as warnings. */
        IGNORE
    }

    public ImportOptions {
        inputs = List.copyOf(inputs);
    }

    /** Options that leave it to the reader to find the weights in their file. */
    public ImportOptions(List<InputSpec> inputs, Missing missing, Unused unused) {
        this(inputs, missing, unused, Optional.empty(), Optional.empty());
    }

    /** The same with other inputs. */
    public ImportOptions withInputs(List<InputSpec> others) {
        return new ImportOptions(others, missing, unused, weightsKey, stripPrefix);
    }

    /** What is said about the input of this name. */
    public Optional<InputSpec> input(String name) {
        return inputs.stream().filter(input -> input.name().equals(name)).findFirst();
    }
}
