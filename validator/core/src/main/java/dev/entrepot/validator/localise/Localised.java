package dev.entrepot.validator.localise;

import dev.entrepot.validator.report.Localisation;
import java.util.List;

/**
 * What a localisation found.
 *
 * @param localisation what it comes to
 * @param layers every layer that was compared, in the order of the model
 */
public record Localised(Localisation localisation, List<Localisation.Layer> layers) {

    public Localised {
        layers = List.copyOf(layers);
    }
}
