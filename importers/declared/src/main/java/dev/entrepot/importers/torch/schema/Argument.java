package dev.entrepot.importers.torch.schema;

import java.util.Optional;

/**
 * An argument or a result of an operator; {@code toString} is PyTorch's notation.
 *
 * @param name empty for a result that the schema does not name
 * @param type without aliases
 * @param alias the memory it shares, if any
 * @param defaultValue the value it has unless a call gives one
 * @param keywordOnly whether a call must give it by name
 */
public record Argument(
        String name,
        SchemaType type,
        Optional<AliasInfo> alias,
        Optional<DefaultValue> defaultValue,
        boolean keywordOnly) {

    /** Whether a call must give it. */
    public boolean isRequired() {
        return defaultValue.isEmpty();
    }

    /** Whether the operator changes it in place: {@code Tensor(a!)}. */
    public boolean isWritten() {
        return alias.isPresent() && alias.get().write();
    }

    @Override
    public String toString() {
        StringBuilder notation = new StringBuilder(typeWithAlias());
        if (!name.isEmpty()) {
            notation.append(' ').append(name);
        }
        defaultValue.ifPresent(value -> notation.append('=').append(value));
        return notation.toString();
    }

    private String typeWithAlias() {
        return alias.map(a -> annotated(type, a.depth(), a.toString())).orElseGet(type::toString);
    }

    private static String annotated(SchemaType type, int depth, String annotation) {
        if (depth == 0) {
            return type + annotation;
        }
        SchemaType element = type instanceof SchemaType.ListType list ? list.element() : type.present();
        String suffix = type.toString().substring(element.toString().length());
        return annotated(element, depth - 1, annotation) + suffix;
    }
}
