package dev.entrepot.formats.chainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.FileSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.caffe.SharedFiles;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainerFileTest {

    @ParameterizedTest
    @ValueSource(strings = {"link.npz", "link.h5"})
    void arrays_keep_their_paths_and_a_lazy_parameter_is_unset(String name) {
        ChainerFile file = ChainerFile.read(fixture(name));

        assertThat(file.arrays()).containsOnlyKeys("conv1/W", "conv1/b", "bn/N", "fc/b");
        assertThat(file.unset()).containsExactly("fc/W");
        assertThat(array(file.arrays(), "conv1/W").shape()).hasToString("[2, 1, 3, 3]");
        assertThat(array(file.arrays(), "conv1/W").toFloats()[17]).isEqualTo(17);
        assertThat(array(file.arrays(), "conv1/b").toFloats()).containsExactly(0.5f, -0.5f);
        assertThat(array(file.arrays(), "bn/N").type()).isEqualTo(DataType.INT64);
        assertThat(array(file.arrays(), "bn/N").toLongs()).containsExactly(7);
    }

    @Test
    void a_trainers_snapshot_and_a_classifier_are_unwrapped() {
        LinkWeights plain = weights("link.npz", Optional.empty());
        LinkWeights classifier = weights("classifier.npz", Optional.empty());
        LinkWeights snapshot = weights("snapshot_iter_100", Optional.empty());

        assertThat(plain.notes()).isEmpty();
        assertThat(classifier.arrays()).containsOnlyKeys(plain.arrays().keySet());
        assertThat(classifier.unset()).containsExactly("fc/W");
        assertThat(snapshot.arrays()).containsOnlyKeys(plain.arrays().keySet());
        assertThat(snapshot.notes())
                .containsExactly(
                        "took the arrays below \"updater/model:main/\", left aside 4 others",
                        "took the arrays below \"predictor/\"");
    }

    @Test
    void of_several_models_one_must_be_chosen() {
        assertThatThrownBy(() -> weights("gan.npz", Optional.empty()))
                .isInstanceOf(ModelException.class)
                .hasMessage("gan.npz: snapshot: holds several models: [updater/model:generator/,"
                        + " updater/model:discriminator/]; --weights-key chooses one");
        assertThat(weights("gan.npz", Optional.of("updater/model:generator")).arrays())
                .containsKey("conv1/W");
        assertThatThrownBy(() -> weights("gan.npz", Optional.of("nobody")))
                .isInstanceOf(ModelException.class)
                .hasMessage("gan.npz: weights key \"nobody/\": starts no array's path");
    }

    @Test
    void a_pickle_of_anything_but_none_is_refused() {
        assertThatThrownBy(() -> ChainerFile.read(fixture("object.npz")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("object");
    }

    @Test
    void both_forms_of_a_trained_model_hold_the_same_arrays() throws IOException {
        try (FileSource npz = FileSource.open(SharedFiles.require("samples/digits/chainer/digits.npz"));
                FileSource hdf5 = FileSource.open(SharedFiles.require("samples/digits/chainer/digits.h5"))) {
            Map<String, Tensor> zipped = ChainerFile.read(npz).arrays();
            Map<String, Tensor> tree = ChainerFile.read(hdf5).arrays();

            assertThat(zipped).hasSize(10);
            assertThat(tree).containsOnlyKeys(zipped.keySet());
            zipped.forEach((path, array) ->
                    assertThat(array(tree, path).toBytes()).as(path).isEqualTo(array.toBytes()));
        }
    }

    private static LinkWeights weights(String name, Optional<String> prefix) {
        return LinkWeights.of(ChainerFile.read(fixture(name)), prefix);
    }

    private static Tensor array(Map<String, Tensor> arrays, String path) {
        return Objects.requireNonNull(arrays.get(path));
    }

    private static ByteSource fixture(String name) {
        try (InputStream in = Objects.requireNonNull(ChainerFileTest.class.getResourceAsStream(name), name)) {
            return ByteSource.of(name, in.readAllBytes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
