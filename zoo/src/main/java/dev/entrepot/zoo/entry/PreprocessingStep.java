package dev.entrepot.zoo.entry;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A step on the way from an image to an input, in Open Model Zoo's words. Images begin as BGR, height by width by channels, 0 to 255.
 *
 * <p>Source: open_model_zoo tools/accuracy_checker/.../preprocessor/README.md.
 *
 * @param type the step, such as {@code resize}, {@code crop}, {@code bgr_to_rgb} or {@code normalization}
 * @param parameters its parameters by Open Model Zoo's names: {@code size} or {@code dst_width} and {@code dst_height}; {@code mean} and
 *     {@code std}, a number or a list, one a channel
 */
public record PreprocessingStep(String type, Map<String, Object> parameters) {

    /** The steps for images that need nothing but the image. */
    public static final Set<String> TYPES = Set.of(
            "auto_resize",
            "bgr_to_gray",
            "bgr_to_lab",
            "bgr_to_rgb",
            "bgr_to_ycrcb",
            "bgr_to_yuv",
            "corner_crop",
            "crop",
            "crop_image_with_padding",
            "crop_or_pad",
            "flip",
            "normalization",
            "padding",
            "resize",
            "rgb_to_bgr",
            "rgb_to_gray",
            "rgb_to_lab",
            "rgb_to_ycrcb",
            "rgb_to_yuv",
            "select_channel");

    /** @throws IllegalArgumentException if there is no such step */
    public PreprocessingStep(String type, @Nullable Map<String, Object> parameters) {
        if (!TYPES.contains(type)) {
            throw new IllegalArgumentException("there is no preprocessing step \"" + type + "\", there are "
                    + TYPES.stream().sorted().toList());
        }
        this.type = type;
        this.parameters = parameters == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /** A step without parameters. */
    public static PreprocessingStep of(String type) {
        return new PreprocessingStep(type, Map.of());
    }
}
