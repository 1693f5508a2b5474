package dev.entrepot.formats.caffe;

import dev.entrepot.formats.prototxt.ProtoMessage;
import java.util.List;

/**
 * What a data layer does to images before the net sees them. Deploy files have lost it; where a file still says it, it is kept here
 * whether or not the data layer itself is in the net.
 *
 * @param layer the data layer's name
 * @param tops the blobs it writes
 * @param message its {@code transform_param}: scale, mean_value, mean_file, crop_size, mirror
 */
public record CaffeTransform(String layer, List<String> tops, ProtoMessage message) {

    public CaffeTransform {
        tops = List.copyOf(tops);
    }
}
