package dev.entrepot.traced;

import java.util.List;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** A Java function that shims call. */
@FunctionalInterface
public interface HostFunction {

    /**
     * Computes.
     *
     * @return null, a boolean, number or string, a {@link Value}, or a Java object, which is opaque to Python
     * @throws dev.entrepot.bytes.ModelException becomes a Python exception at the place of the call
     */
    @Nullable
    Object call(List<Value> arguments);
}
