package dev.entrepot.server.portal;

import dev.entrepot.zoo.convert.Conversion.Port;
import dev.entrepot.zoo.entry.ModelRecord;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What trying a model out in a page needs.
 *
 * @param height the height of its images; 0 where it takes any
 * @param width their width
 * @param isDrawn whether its images can be drawn: they are grey and small
 * @param labels its classes' names by index; none if they have none
 */
public record Trial(int height, int width, boolean isDrawn, List<String> labels) {

    private static final int LARGEST_DRAWN = 64;

    public Trial {
        labels = List.copyOf(labels);
    }

    /** For models of one batch of images that say how an image becomes their input. */
    static Optional<Trial> of(ModelRecord record) {
        List<Port> inputs = record.facts().inputs();
        if (record.card().preprocessing().isEmpty() || inputs.size() != 1) {
            return Optional.empty();
        }
        List<@Nullable Object> shape = inputs.get(0).shape();
        if (shape == null || shape.size() != 4) {
            return Optional.empty();
        }
        long channels = size(shape.get(1));
        int height = (int) Math.min(size(shape.get(2)), Integer.MAX_VALUE);
        int width = (int) Math.min(size(shape.get(3)), Integer.MAX_VALUE);
        boolean isDrawn = channels == 1 && height > 0 && width > 0 && height <= LARGEST_DRAWN && width <= LARGEST_DRAWN;
        return Optional.of(new Trial(height, width, isDrawn, record.card().labels()));
    }

    private static long size(@Nullable Object size) {
        return size instanceof Number number ? number.longValue() : 0;
    }

    /** Whether its classes are the ten digits. */
    public boolean isOfDigits() {
        return isDrawn && labels.size() == 10;
    }

    /** The labels, one a line, for a script. */
    public String labelLines() {
        return String.join(
                "\n", labels.stream().map(label -> label.replace('\n', ' ')).toList());
    }
}
