package dev.entrepot.formats.caffe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.prototxt.ProtoLimits;
import dev.entrepot.formats.prototxt.ProtoMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What BVLC Caffe 1.0 itself says of the same files; see README.md beside the resources. */
class GenuineCaffeTest {

    static ByteSource resource(String name) throws IOException {
        try (InputStream in = GenuineCaffeTest.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("no resource " + name);
            }
            return ByteSource.of(name.substring(name.lastIndexOf('/') + 1), in.readAllBytes());
        }
    }

    private static String text(String name) throws IOException {
        return new String(resource(name).readAll(1 << 20), StandardCharsets.UTF_8);
    }

    /** Through the binary form, whose table knows what every field must be, so that the text's kinds are checked. */
    private static ProtoMessage throughBinary(ProtoMessage message) {
        try {
            var bytes = new ByteArrayOutputStream();
            BinaryEncoder.encode("NetParameter", message).writeTo(Channels.newChannel(bytes));
            return new BinaryDecoder(Dialect.BVLC, ProtoLimits.STANDARD)
                    .decode("NetParameter", ByteSource.of("binary", bytes.toByteArray()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String normal(String printed) {
        return printed.replaceAll("\\s+", " ").replaceAll("(\\d)\\.0\\b", "$1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v0", "v1", "inputs"})
    void nets_are_upgraded_as_caffe_does_it(String name) throws IOException {
        ProtoMessage old = Canonical.read(text("upgrade/" + name + ".prototxt"));
        ProtoMessage expected = Canonical.read(text("upgrade/" + name + ".upgraded.prototxt"));

        ProtoMessage upgraded = NetUpgrade.upgrade(old, new ArrayList<>());

        assertThat(throughBinary(upgraded)).hasToString(throughBinary(expected).toString());
    }

    static Stream<String> texts() throws IOException {
        return text("text-format.txt").lines();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void texts_are_accepted_or_refused_as_caffe_does_it(String row) {
        String[] columns = row.split(" \\| ", -1);
        String text = columns[1].replace("\\N", "\n");

        if (columns[0].equals("no ")) {
            assertThatThrownBy(() -> throughBinary(Canonical.read(text))).isInstanceOf(ModelException.class);
        } else {
            assertThat(normal(throughBinary(Canonical.read(text)).toString())).isEqualTo(columns[2]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot/shared.caffemodel.h5", "snapshot/shared.caffemodel"})
    void both_kinds_of_snapshots_give_the_same_weights(String weights) throws IOException {
        CaffeNet net = CaffeNets.read(resource("snapshot/shared.prototxt"), resource(weights), NetState.TEST);

        assertThat(net.weightless()).isEmpty();
        assertThat(net.unused()).isEmpty();
        CaffeLayer conv = net.layers().get(1);
        CaffeLayer twin = net.layers().get(3);
        CaffeLayer fc = net.layers().get(4);
        assertThat(conv.weights(0, 2, 2, 3, 3).toFloats())
                .startsWith(-3f, -2.75f)
                .hasSize(36);
        assertThat(conv.weights(1, 2).toFloats()).containsExactly(-2f, -1.75f);
        assertThat(twin.weights(0, 2, 2, 3, 3).toFloats())
                .isEqualTo(conv.weights(0, 2, 2, 3, 3).toFloats());
        assertThat(twin.weights(1, 2).toFloats()).containsExactly(-4f, -3.75f);
        assertThat(fc.weights(0, 3, 32).toFloats()).startsWith(-4f).endsWith(95 * 0.25f - 4);
        assertThat(fc.blobs()).hasSize(2);
    }

    @Test
    void a_shape_that_the_definition_does_not_ask_for_is_malformed_with_both_shapes() throws IOException {
        CaffeNet net = CaffeNets.read(
                resource("snapshot/shared.prototxt"), resource("snapshot/shared.caffemodel"), NetState.TEST);

        assertThatThrownBy(() -> net.layers().get(4).weights(0, 3, 31))
                .hasMessageStartingWith("shared.caffemodel@")
                .hasMessageEndingWith(
                        "layer \"fc\" (InnerProduct): blob 0 has the shape [3, 32], the layer's definition asks"
                                + " for [3, 31]");
        assertThatThrownBy(() -> net.layers().get(4).requireBlobs(1))
                .hasMessageEndingWith("has 2 blobs of weights, its definition asks for 1");
        assertThatThrownBy(() -> net.layers().get(2).blob(0)).hasMessageContaining("its weights hold 0 blobs");
    }

    @Test
    void a_caffemodel_without_a_definition_says_so_where_it_is_hdf5() {
        assertThatThrownBy(() -> CaffeNets.readCaffemodel(resource("snapshot/shared.caffemodel.h5"), NetState.TEST))
                .hasMessageContaining("give the prototxt too");
    }
}
