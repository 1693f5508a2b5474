package dev.entrepot.importers.caffe;

import dev.entrepot.formats.caffe.CaffeTransform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a data layer did to images before the net saw them, as model metadata: {@code entrepot.preprocess.INPUT.KEY}. The model itself
 * does not do it. Source: caffe data_transformer.cpp, Transform; the image is read as BGR.
 */
final class Preprocessing {

    private Preprocessing() {}

    /** scale (applied after the mean), mean_value (one for all channels or one each), mean_file, crop_size, and the channel order. */
    static Map<String, String> of(CaffeTransform transform) {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (transform.tops().isEmpty()) {
            return metadata;
        }
        String prefix = "entrepot.preprocess." + transform.tops().get(0) + ".";
        for (String field : List.of("scale", "crop_size", "mean_file")) {
            if (transform.message().has(field)) {
                metadata.put(prefix + field, transform.message().textOr(field, ""));
            }
        }
        List<Float> means = transform.message().floats("mean_value");
        if (!means.isEmpty()) {
            metadata.put(
                    prefix + "mean_value", means.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        boolean gray = transform.message().boolOr("force_gray", false);
        metadata.put(prefix + "color_order", gray ? "GRAY" : "BGR");
        return metadata;
    }
}
