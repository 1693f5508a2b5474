package dev.entrepot.validator.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceTest {

    private static final Value DATA = Value.tensor("data", DataType.FLOAT, Shape.of(List.of(Dim.of("N"), Dim.of(3))));
    private static final Value PROB = Value.tensor("prob", DataType.FLOAT, Shape.UNRANKED);
    private static final Value BOX = Value.tensor("box", DataType.FLOAT, Shape.UNRANKED);
    private static final Tensor ROW = Tensor.of(Shape.of(1, 3), 1f, 2f, 3f);
    private static final Tensor ONE = Tensor.vector(1f);
    private static final Tensor TWO = Tensor.vector(2f);

    @TempDir
    Path folder;

    @Test
    void arrays_are_matched_by_name_whatever_their_order() {
        Case found = of("box", TWO, "prob", ONE, "data", ROW).match(List.of(DATA), List.of(PROB, BOX));

        assertThat(found.inputs()).containsExactly(Map.entry("data", ROW));
        assertThat(found.outputs()).containsExactly(Map.entry("prob", ONE), Map.entry("box", TWO));
        assertThat(found.withoutReference()).isEmpty();
    }

    @Test
    void arrays_without_the_models_names_are_matched_by_position() {
        Case found = of("input_0", ROW, "output_1", TWO).match(List.of(DATA), List.of(PROB, BOX));

        assertThat(found.inputs()).containsExactly(Map.entry("data", ROW));
        assertThat(found.outputs()).containsExactly(Map.entry("box", TWO));
        assertThat(found.withoutReference()).containsExactly("prob");
    }

    @Test
    void a_name_goes_before_a_position() {
        Value output1 = Value.tensor("output_1", DataType.FLOAT, Shape.UNRANKED);

        Case found = of("data", ROW, "output_1", TWO, "prob", ONE).match(List.of(DATA), List.of(output1, PROB));

        assertThat(found.outputs()).containsExactly(Map.entry("output_1", TWO), Map.entry("prob", ONE));
    }

    @Test
    void layers_are_kept_apart() {
        Reference reference = of("data", ROW, "prob", ONE, "layer/conv1/7x7", TWO);

        assertThat(reference.layers()).containsExactly(Map.entry("conv1/7x7", TWO));
        assertThat(reference.match(List.of(DATA), List.of(PROB)).outputs()).containsOnlyKeys("prob");
    }

    @Test
    void what_does_not_fit_is_told_with_both_sides() {
        assertThatThrownBy(() -> of("image", ROW, "prob", ONE).match(List.of(DATA), List.of(PROB)))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        "ref.npz: reference: does not fit the model: input \"data\" is missing: neither \"data\" nor"
                                + " \"input_0\" is there; array \"image\" is neither an input nor an output of the model."
                                + " The model takes \"data\" float32[N, 3] and gives \"prob\" float32[...];"
                                + " the reference holds \"image\" float32[1, 3], \"prob\" float32[1]");
    }

    @Test
    void an_input_of_another_type_or_shape_does_not_fit() {
        assertThatThrownBy(() -> of("data", Tensor.of(Shape.of(1, 3), 1d, 2d, 3d), "prob", ONE)
                        .match(List.of(DATA), List.of(PROB)))
                .hasMessageContaining("input \"data\" is float64[1, 3], the model takes float32[N, 3]");
        assertThatThrownBy(() -> of("data", ROW.reshape(3, 1), "prob", ONE).match(List.of(DATA), List.of(PROB)))
                .hasMessageContaining("input \"data\" is float32[3, 1], the model takes float32[N, 3]");
    }

    @Test
    void inputs_alone_are_no_reference() {
        assertThatThrownBy(() -> of("data", ROW).match(List.of(DATA), List.of(PROB)))
                .hasMessageContaining("no output is there");
    }

    @Test
    void folders_of_test_data_are_read_in_the_order_of_their_numbers() throws IOException {
        try (ReferenceFile file = ReferenceFile.open(Fixtures.model("classifier_sets"))) {
            assertThat(file.sets()).extracting(Reference::set).containsExactly("test_data_set_0", "test_data_set_1");
            assertThat(file.sets().get(1).arrays().keySet()).containsExactly("data", "output_0");
            assertThat(file.sets().get(1).arrays().get("output_0")).hasToString("float32[3, 4]");
            assertThat(file.sources()).hasSize(4);
        }
    }

    @Test
    void one_folder_of_test_data_is_a_reference_too() throws IOException {
        try (ReferenceFile file = ReferenceFile.open(Fixtures.model("classifier_sets/test_data_set_0"))) {
            assertThat(file.sets()).extracting(Reference::set).containsExactly("test_data_set_0");
        }
    }

    @Test
    void a_gap_in_the_numbers_is_malformed() throws IOException {
        Path set = Files.createDirectories(folder.resolve("test_data_set_0"));
        Files.copy(Fixtures.model("classifier_sets/test_data_set_0/input_0.pb"), set.resolve("input_1.pb"));

        assertThatThrownBy(() -> ReferenceFile.open(folder))
                .isInstanceOf(ModelException.class)
                .hasMessage("test_data_set_0: reference: has input_1.pb, but no input_0.pb");
    }

    @Test
    void a_missing_reference_is_told_by_its_path() {
        assertThatThrownBy(() -> ReferenceFile.open(folder.resolve("none.npz")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("none.npz: there is no such reference");
    }

    @Test
    void an_empty_folder_or_file_is_malformed() throws IOException {
        Files.createFile(folder.resolve("empty.npz"));

        assertThatThrownBy(() -> ReferenceFile.open(folder)).hasMessageContaining("has no folders test_data_set_0");
        assertThatThrownBy(() -> ReferenceFile.open(folder.resolve("empty.npz")))
                .hasMessage("empty.npz: reference: is empty");
    }

    private static Reference of(Object... namesAndTensors) {
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTensors.length; i += 2) {
            arrays.put((String) namesAndTensors[i], (Tensor) namesAndTensors[i + 1]);
        }
        return Reference.of("ref.npz", arrays);
    }
}
