package dev.entrepot.validator.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.validator.run.Placement.PlacedNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The events have the form that ONNX Runtime 1.28.0 writes; the providers are set by hand, for no GPU is needed to read them. */
class ProfileTest {

    private static final String EVENTS = """
            [{"cat": "Session","pid":1,"tid":1,"dur":500,"ts":1,"ph":"X","name":"model_loading_array","args":{}},
            {"cat": "Node","dur":7,"ts":9,"ph":"X","name":"conv1_fence_before","args":{"op_name":"Conv"}},
            {"cat": "Node","dur":70,"ts":9,"ph":"X","name":"conv1_kernel_time","args":{"provider":"CUDAExecutionProvider",
             "op_name":"Conv","node_index":"3","output_type_shape":[{"float":[1,8]}],"parameter_size":"10"}},
            {"cat": "Node","dur":30,"ts":9,"ph":"X","name":"conv1_kernel_time","args":{"provider":"CUDAExecutionProvider",
             "op_name":"Conv","node_index":"3"}},
            {"cat": "Node","dur":2,"ts":9,"ph":"X","name":"Memcpy_token_0_kernel_time","args":{"provider":"CUDAExecutionProvider",
             "op_name":"MemcpyFromHost","node_index":"9"}},
            {"cat": "Node","dur":5,"ts":9,"ph":"X","name":"shape_kernel_time","args":{"provider":"CPUExecutionProvider",
             "op_name":"Shape","node_index":"4"}}]
            """;

    @Test
    void nodes_and_their_time_are_summed_by_provider() throws IOException {
        Placement placement = read(Provider.CUDA);

        assertThat(placement.nodesByProvider())
                .containsExactly(Map.entry("CPUExecutionProvider", 1L), Map.entry("CUDAExecutionProvider", 2L));
        assertThat(placement.microsecondsByProvider())
                .containsExactly(Map.entry("CPUExecutionProvider", 5L), Map.entry("CUDAExecutionProvider", 102L));
        assertThat(placement.memcpyNodes()).isEqualTo(1);
    }

    @Test
    void nodes_that_fell_back_to_the_cpu_are_named() throws IOException {
        assertThat(read(Provider.CUDA).cpuNodes()).containsExactly(new PlacedNode("shape", "Shape"));
        assertThat(read(Provider.CPU).cpuNodes()).isEmpty();
    }

    private static Placement read(Provider provider) throws IOException {
        return Profile.read(new ByteArrayInputStream(EVENTS.getBytes(UTF_8)), provider);
    }
}
