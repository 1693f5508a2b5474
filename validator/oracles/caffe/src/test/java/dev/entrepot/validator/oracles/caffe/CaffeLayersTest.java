package dev.entrepot.validator.oracles.caffe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.localise.CaffeLayers;
import dev.entrepot.validator.localise.LayersUnknownException;
import dev.entrepot.validator.localise.SourceLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NeedsGenuineCaffe.class)
class CaffeLayersTest {

    private static final String NET = """
            name: "n" input: "x" input_shape { dim: 1 dim: 2 }
            layer { name: "double" type: "Power" bottom: "x" top: "y" power_param { scale: 2 } }
            layer { name: "cut" type: "ReLU" bottom: "y" top: "y" }
            layer { name: "halves" type: "Slice" bottom: "y" top: "left" top: "right" }
            """;

    @TempDir
    Path folder;

    @Test
    void every_layer_has_what_it_computed_also_where_the_next_writes_over_it() throws IOException {
        List<SourceLayer> layers = layers(NET);

        assertThat(layers).extracting(SourceLayer::name).endsWith("double", "cut", "halves");
        assertThat(values(layers, "double")).containsExactly("[-2.0, 4.0]");
        assertThat(values(layers, "cut")).containsExactly("[0.0, 4.0]");
        assertThat(values(layers, "halves")).containsExactly("[0.0]", "[4.0]");
    }

    @Test
    void a_layer_that_no_framework_knows_is_told() {
        assertThatThrownBy(() -> layers(NET + "layer { name: 'z' type: 'Nonsense' bottom: 'y' top: 'z' }"))
                .isInstanceOf(LayersUnknownException.class)
                .hasMessageStartingWith("the genuine frameworks refuse the net: CAFFE: ")
                .hasMessageContaining("; OPENCV: ");
    }

    private List<SourceLayer> layers(String net) throws IOException {
        Path prototxt = Files.writeString(folder.resolve("net.prototxt"), net);
        try (CaffeLayers source = CaffeLayers.of(List.of(prototxt))) {
            return source.layers(Map.of("x", Tensor.of(Shape.of(1, 2), -1f, 2f)), Map.of());
        }
    }

    private static List<String> values(List<SourceLayer> layers, String name) {
        return layers.stream()
                .filter(layer -> layer.name().equals(name))
                .flatMap(layer -> layer.tops().stream())
                .map(top -> Arrays.toString(Objects.requireNonNull(top.value()).toFloats()))
                .toList();
    }
}
