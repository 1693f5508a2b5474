package dev.entrepot.importers.caffe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.importers.caffe.Support.Dropped;
import dev.entrepot.importers.caffe.Support.Reduced;
import dev.entrepot.importers.caffe.Support.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LayerTableTest {

    @Test
    void every_layer_type_of_caffe_and_its_well_known_forks_has_a_line() throws IOException {
        assertThat(LayerTable.all().keySet()).containsAll(types());
    }

    @Test
    void what_is_not_lowered_has_a_reason() {
        assertThat(LayerTable.all()).allSatisfy((type, support) -> {
            if (support instanceof Refused refused) {
                assertThat(refused.reason()).as(type).isNotBlank();
            } else if (support instanceof Dropped dropped) {
                assertThat(dropped.reason()).as(type).isNotBlank();
            } else if (support instanceof Reduced reduced) {
                assertThat(reduced.meaning()).as(type).isNotBlank();
            }
        });
    }

    private static List<String> types() throws IOException {
        try (InputStream list = Objects.requireNonNull(LayerTableTest.class.getResourceAsStream("layer-types.txt"))) {
            String text = new String(list.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        }
    }
}
