package dev.entrepot.formats.caffe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HostileFilesTest {

    private static ByteSource file(byte[] bytes) {
        return ByteSource.of("net.caffemodel", bytes);
    }

    private static ByteSource text(String text) {
        return file(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String problem(ByteSource caffemodel) {
        try {
            CaffeNets.readCaffemodel(caffemodel, NetState.TEST);
        } catch (ModelException e) {
            return e.toString().replace(ModelException.class.getName() + ": ", "");
        }
        throw new AssertionError("was read");
    }

    @Test
    void files_that_are_no_caffemodel_are_named() {
        assertThat(problem(text(""))).isEqualTo("net.caffemodel: caffemodel: is empty (0 bytes)");
        assertThat(problem(text("<html>"))).contains("is an HTML page");
        assertThat(problem(text("name: \"net\"\nlayer { name: \"a\" }")))
                .isEqualTo(
                        "net.caffemodel: caffemodel: is text; a prototxt seems to be given where a caffemodel is expected");
        assertThat(problem(new Wire().string(1, "net").source("net.caffemodel")))
                .contains("holds no layer");
        assertThat(problem(new Wire().varint(1, 7).string(2, "pytorch").source("net.caffemodel")))
                .startsWith("net.caffemodel@");
    }

    @Test
    void a_truncated_file_says_where_it_ends() throws IOException {
        byte[] whole = CaffeWriterTest.written(Nets.small(), CaffeGeneration.V2);
        for (int length = 1; length < whole.length; length++) {
            ByteSource cut = file(Arrays.copyOf(whole, length));
            try {
                CaffeNets.readCaffemodel(cut, NetState.TEST);
            } catch (ModelException e) {
                assertThat(e.kind()).isEqualTo(Problem.Kind.MALFORMED);
                assertThat(e.getMessage()).startsWith("net.caffemodel");
            }
        }
        assertThat(problem(file(Arrays.copyOf(whole, whole.length - 1))))
                .matches(
                        "net.caffemodel@\\d+: field 100: claims to be \\d+ bytes long, \\d+ are left in its message; the"
                                + " file may be cut off");
    }

    @Test
    void a_million_empty_layers_are_refused() {
        byte[] bytes = new byte[3_000_000];
        for (int i = 0; i < bytes.length; i += 3) {
            bytes[i] = (byte) 0xa2;
            bytes[i + 1] = 6;
        }

        assertThat(problem(file(bytes))).contains("has 1000000 layers, the limit is 50000");
    }

    @Test
    void deep_nesting_is_refused() {
        Wire groups = new Wire();
        byte[] starts = new byte[400_000];
        Arrays.fill(starts, (byte) 0x0b);

        assertThat(problem(groups.bytes(100, starts).source("net.caffemodel"))).contains("levels deep");
    }

    @Test
    void a_single_message_that_comes_a_million_times_is_refused() {
        Wire state = new Wire();
        for (int i = 0; i < 200; i++) {
            state.message(6, new Wire().string(3, "stage"));
        }

        assertThat(problem(state.source("net.caffemodel"))).contains("more than 100 times");
    }

    @Test
    void long_names_and_many_layers_are_refused() {
        assertThatThrownBy(() -> CaffeNets.readPrototxt(
                        Canonical.source("layer { name: \"" + "n".repeat(1_000_000) + "\" type: \"X\" }"),
                        NetState.TEST))
                .hasMessageContaining("has a name of 1000000 characters, the limit is 1024")
                .satisfies(e -> assertThat(e.toString().length()).isLessThan(1000));
    }

    @Test
    void all_faulty_layers_are_reported_at_once() {
        assertThatThrownBy(() -> CaffeNets.readPrototxt(
                        Canonical.source("layer { name: \"a\" }\nlayer { name: \"b\" type: REUL }"), NetState.TEST))
                .hasMessageContaining("net.prototxt:1:7: layer \"a\": has no type")
                .hasMessageContaining("net.prototxt:2:19: type: is REUL, expected a quoted string");
    }

    @Test
    void a_solver_says_where_its_net_is() {
        assertThatThrownBy(() -> CaffeNets.readPrototxt(Canonical.source("net: \"lenet.prototxt\""), NetState.TEST))
                .hasMessage("net.prototxt:1:1: prototxt: is a solver; the net is in lenet.prototxt");
        assertThatThrownBy(() -> CaffeNets.readPrototxt(Canonical.source("name: \"x\""), NetState.TEST))
                .hasMessageContaining("has neither \"layer\" nor \"layers\" nor \"input\"");
    }

    @Test
    void weights_of_another_net_are_listed() throws IOException {
        ByteSource weights = file(CaffeWriterTest.written(Nets.small(), CaffeGeneration.V2));

        CaffeNet net = CaffeNets.read(
                Canonical.source("layer { name: \"other\" type: \"Convolution\" bottom: \"a\" top: \"b\" }"),
                weights,
                NetState.TEST);

        assertThat(net.weightless()).containsExactly("other");
        assertThat(net.unused()).containsExactly("conv", "fc");
    }
}
