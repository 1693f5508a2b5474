package dev.entrepot.importers.torch.schema;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One overload of an operator; {@code toString} is PyTorch's notation, such as {@code aten::relu_(Tensor(a!) self) -> Tensor(a!)}.
 *
 * <p>Source: aten/src/ATen/core/function_schema.h.
 *
 * @param name with its namespace: {@code aten::add}
 * @param overload {@code Tensor} in {@code aten::add.Tensor}; empty for the default overload
 * @param arguments in order, those by keyword only at the end
 * @param returns the results, in order
 * @param variadic whether any further arguments may follow: {@code ...}
 * @param returnsAnything whether the schema leaves the results open: {@code -> ...}
 */
public record FunctionSchema(
        String name,
        String overload,
        List<Argument> arguments,
        List<Argument> returns,
        boolean variadic,
        boolean returnsAnything) {

    /** Copies the lists. */
    public FunctionSchema {
        arguments = List.copyOf(arguments);
        returns = List.copyOf(returns);
    }

    /**
     * The schema that a line of PyTorch's notation tells.
     *
     * @throws IllegalArgumentException if it is not in that notation
     */
    public static FunctionSchema parse(String notation) {
        return new SchemaParser(notation).schema();
    }

    /** {@code aten::add.Tensor}, or {@code aten::relu} for a default overload. */
    public String qualifiedName() {
        return overload.isEmpty() ? name : name + "." + overload;
    }

    /** The argument of this name. */
    public Optional<Argument> argument(String argumentName) {
        return arguments.stream().filter(a -> a.name().equals(argumentName)).findFirst();
    }

    /** Whether a call changes one of its arguments. */
    public boolean isMutable() {
        return arguments.stream().anyMatch(Argument::isWritten);
    }

    /**
     * Whether a result is a view of an argument that the call leaves as it is, such as that of {@code aten::view}; {@code aten::reshape}
     * and {@code aten::contiguous} promise no more than that it may be one.
     */
    public boolean isView() {
        return returns.stream()
                .flatMap(r -> r.alias().stream())
                .anyMatch(r ->
                        arguments.stream().flatMap(a -> a.alias().stream()).anyMatch(a -> !a.write() && a.shares(r)));
    }

    @Override
    public String toString() {
        return qualifiedName() + "(" + argumentNotation() + ") -> " + returnNotation();
    }

    private String argumentNotation() {
        StringBuilder notation = new StringBuilder();
        boolean keywords = false;
        for (Argument argument : arguments) {
            notation.append(notation.isEmpty() ? "" : ", ");
            if (argument.keywordOnly() && !keywords) {
                notation.append("*, ");
                keywords = true;
            }
            notation.append(argument);
        }
        if (variadic) {
            notation.append(notation.isEmpty() ? "..." : ", ...");
        }
        return notation.toString();
    }

    private String returnNotation() {
        if (returnsAnything) {
            return "...";
        }
        boolean bare =
                returns.size() == 1 && !(returns.get(0).type() instanceof SchemaType.TupleType || isListOfTuples());
        String list = returns.stream().map(Argument::toString).collect(Collectors.joining(", "));
        return bare ? list : "(" + list + ")";
    }

    private boolean isListOfTuples() {
        return returns.get(0).type() instanceof SchemaType.ListType list
                && list.element() instanceof SchemaType.TupleType;
    }
}
