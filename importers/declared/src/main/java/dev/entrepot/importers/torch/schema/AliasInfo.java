package dev.entrepot.importers.torch.schema;

import java.util.List;

/**
 * What memory an argument or a result shares: {@code (a)} with whatever else of the schema carries {@code a}, {@code (*)} with anything.
 *
 * <p>A result with the set of an argument is that argument or a view of it. An argument whose alias {@link #write writes} is changed.
 * Source: aten/src/ATen/core/alias_info.h.
 *
 * @param before the sets before the call; {@code *} is the set of all memory
 * @param after the sets after it, mostly the same; {@code (a -> *)} is an argument that is put into a container
 * @param write whether the call changes the memory: {@code (a!)}
 * @param depth how many {@code ?} and {@code []} of the type stand behind the annotation: {@code Tensor(a)[]} is a list whose elements alias
 */
public record AliasInfo(List<String> before, List<String> after, boolean write, int depth) {

    /** Copies the sets. */
    public AliasInfo {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /** Whether memory of the other may be memory of this one before the call. */
    public boolean shares(AliasInfo other) {
        return before.stream()
                .anyMatch(set -> !set.equals("*") && other.before().contains(set));
    }

    /** PyTorch's notation, with the parentheses. */
    @Override
    public String toString() {
        StringBuilder notation = new StringBuilder("(").append(String.join("|", before));
        if (write) {
            notation.append('!');
        }
        if (!after.equals(before)) {
            notation.append(" -> ").append(String.join("|", after));
        }
        return notation.append(')').toString();
    }
}
