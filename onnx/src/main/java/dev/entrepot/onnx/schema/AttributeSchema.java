package dev.entrepot.onnx.schema;

import dev.entrepot.onnx.schema.AttributeDefault.FloatDefault;
import dev.entrepot.onnx.schema.AttributeDefault.IntDefault;
import dev.entrepot.onnx.schema.AttributeDefault.IntsDefault;
import dev.entrepot.onnx.schema.AttributeDefault.Required;
import dev.entrepot.onnx.schema.AttributeDefault.StringDefault;
import dev.entrepot.onnx.schema.AttributeDefault.StringsDefault;
import java.util.List;

/**
 * An attribute that an operator knows. Source: ONNX {@code OpSchema::Attribute}.
 *
 * @param name the attribute's name
 * @param type the kind of its values
 * @param whenAbsent what holds when a node does not give it
 */
public record AttributeSchema(String name, AttributeType type, AttributeDefault whenAbsent) {

    /** Whether every node must give the attribute. */
    public boolean isRequired() {
        return whenAbsent instanceof Required;
    }

    /**
     * The default of a FLOAT.
     *
     * @throws IllegalStateException if the attribute has no such default
     */
    public float defaultFloat() {
        return expect(FloatDefault.class).value();
    }

    /**
     * The default of an INT.
     *
     * @throws IllegalStateException if the attribute has no such default
     */
    public long defaultInt() {
        return expect(IntDefault.class).value();
    }

    /**
     * The default of a STRING.
     *
     * @throws IllegalStateException if the attribute has no such default
     */
    public String defaultString() {
        return expect(StringDefault.class).value();
    }

    /**
     * The default of INTS.
     *
     * @throws IllegalStateException if the attribute has no such default
     */
    public List<Long> defaultInts() {
        return expect(IntsDefault.class).values();
    }

    /**
     * The default of STRINGS.
     *
     * @throws IllegalStateException if the attribute has no such default
     */
    public List<String> defaultStrings() {
        return expect(StringsDefault.class).values();
    }

    private <T extends AttributeDefault> T expect(Class<T> kind) {
        if (!kind.isInstance(whenAbsent)) {
            throw new IllegalStateException(
                    "attribute \"" + name + "\": expected " + kind.getSimpleName() + ", found " + whenAbsent);
        }
        return kind.cast(whenAbsent);
    }
}
