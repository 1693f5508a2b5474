package dev.entrepot.importers.torch.aten;

import java.util.Optional;

/** What is known of operators. */
@FunctionalInterface
public interface OperatorTable {

    /** Begins the names of what operators do with complex numbers. */
    String COMPLEX = "complex ";

    /**
     * What becomes of an operator.
     *
     * @param name with namespace and, for what is true of one overload only, the overload: {@code aten::max.dim}, {@code aten::max}
     */
    Optional<Support> find(String name);
}
