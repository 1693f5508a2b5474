package dev.entrepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.zoo.convert.Coverage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SupportedPageTest {

    /** The layer types that BVLC Caffe registers. Source: caffe src/caffe/layers and layer_factory.cpp, REGISTER_LAYER_CLASS and CREATOR. */
    private static final List<String> REGISTERED = List.of(
            ("AbsVal Accuracy ArgMax BNLL BatchNorm BatchReindex Bias Clip Concat ContrastiveLoss Convolution Crop Data"
                            + " Deconvolution Dropout DummyData ELU Eltwise Embed EuclideanLoss Exp Filter Flatten HDF5Data HDF5Output"
                            + " HingeLoss Im2col ImageData InfogainLoss InnerProduct Input LRN LSTM LSTMUnit Log MVN MemoryData"
                            + " MultinomialLogisticLoss PReLU Parameter Pooling Power Python RNN ReLU Reduction Reshape SPP Scale Sigmoid"
                            + " SigmoidCrossEntropyLoss Silence Slice Softmax SoftmaxWithLoss Split Swish TanH Threshold Tile WindowData")
                    .split(" "));

    @Test
    void the_page_says_what_the_tables_say() throws IOException {
        String page = Files.readString(Path.of("..", "SUPPORTED.md"));

        assertThat(page)
                .as("SUPPORTED.md is old: ./entrepot supported --markdown > SUPPORTED.md")
                .isEqualTo(Texts.markdown(Coverage.all()));
    }

    @Test
    void every_layer_that_caffe_registers_is_accounted_for() {
        Set<String> known = Coverage.all().stream()
                .filter(row -> row.framework().equals("caffe"))
                .map(Coverage::name)
                .collect(Collectors.toSet());

        assertThat(REGISTERED).hasSize(61);
        assertThat(known).containsAll(REGISTERED);
    }

    @Test
    void whatever_is_not_converted_has_a_reason() {
        assertThat(Coverage.all())
                .filteredOn(row -> !row.status().equals("converted"))
                .allSatisfy(row -> assertThat(row.reason()).isNotBlank());
    }
}
