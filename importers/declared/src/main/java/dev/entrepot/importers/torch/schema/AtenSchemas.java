package dev.entrepot.importers.torch.schema;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** The operators of PyTorch and torchvision, of the releases named in the first line of {@code aten-schemas.txt}. For use by many threads. */
public final class AtenSchemas {

    private AtenSchemas() {}

    /**
     * The overloads of an operator, in the order in which TorchScript tries them.
     *
     * @param qualifiedName with namespace, without overload: {@code aten::add}
     * @return empty if there is no such operator
     */
    public static List<FunctionSchema> overloads(String qualifiedName) {
        return Torch.TABLE.overloads(qualifiedName);
    }

    /**
     * One overload.
     *
     * @param nameDotOverload {@code aten::add.Tensor}; {@code aten::relu} and {@code aten::relu.default} are the default overload
     */
    public static Optional<FunctionSchema> exact(String nameDotOverload) {
        return Torch.TABLE.exact(nameDotOverload);
    }

    /** The names of all operators, without overloads. */
    public static SortedSet<String> names() {
        return Torch.TABLE.names();
    }

    /** Holds the table so that it is loaded on the first use. */
    private static final class Torch {
        static final SchemaTable TABLE = new SchemaTable(SchemaResource.text("aten-schemas.txt"));
    }
}
