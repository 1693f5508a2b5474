package dev.entrepot.formats.torch.exported;

import java.util.Optional;

/**
 * A device. Source: schema.py, Device.
 *
 * @param type its kind, such as {@code cpu}
 * @param index which one of that kind
 */
public record Device(String type, Optional<Long> index) {

    /** {@code cuda:1}. */
    @Override
    public String toString() {
        return type + index.map(number -> ":" + number).orElse("");
    }
}
