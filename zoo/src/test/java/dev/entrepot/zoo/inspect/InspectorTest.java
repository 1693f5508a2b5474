package dev.entrepot.zoo.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ByteSource;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectorTest {

    private static Inspection inspect(String text) {
        return Inspector.inspect(ByteSource.of("net", text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "prototxt V0, layers { layer { name: \"r\" type: \"relu\" } bottom: \"a\" top: \"b\" } input: \"a\"",
        "prototxt V1, layers { name: \"r\" type: RELU bottom: \"a\" top: \"b\" }",
        "prototxt V2, layer { name: \"r\" type: \"ReLU\" bottom: \"a\" top: \"b\" }",
    })
    void a_caffe_nets_generation_is_told(String format, String text) {
        Inspection inspection = inspect(text);

        assertThat(inspection.framework()).isEqualTo("caffe");
        assertThat(inspection.format()).isEqualTo(format);
        assertThat(inspection.layers()).anyMatch(layer -> layer.type().equals("ReLU"));
    }

    @Test
    void a_mean_image_is_one_tensor() {
        // num 1, channels 3, height 1, width 1, three packed floats
        byte[] mean = HexFormat.of().parseHex("0801100318012001" + "2a0c" + "0000803f0000004000004040");

        Inspection inspection = Inspector.inspect(ByteSource.of("mean.binaryproto", mean));

        assertThat(inspection.format()).isEqualTo("binaryproto");
        assertThat(inspection.parameters()).isEqualTo(3);
    }

    @Test
    void a_file_of_no_known_form_is_refused_with_what_it_is() {
        assertThatThrownBy(() -> inspect("<!doctype html>")).hasMessageContaining("is an HTML page");
    }
}
