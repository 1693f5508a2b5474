package dev.entrepot.validator.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The messages are those of ONNX Runtime 1.28.0. */
class OrtWordsTest {

    @Test
    void the_code_goes() {
        var exception =
                new IllegalStateException("Error code - ORT_INVALID_GRAPH - message: This is an invalid model.");

        assertThat(OrtWords.of(exception)).isEqualTo("This is an invalid model.");
    }

    @Test
    void the_place_in_its_sources_goes() {
        var exception = new IllegalStateException(
                new LinkageError(
                        "Error code - ORT_FAIL - message: /onnxruntime_src/onnxruntime/core/session/provider_bridge_ort.cc:1988"
                                + " onnxruntime::Provider& onnxruntime::ProviderLibrary::Get() [ONNXRuntimeError] : 1 : FAIL : Failed to"
                                + " load library libonnxruntime_providers_cuda.so with error: libcublasLt.so.12: cannot open\n"));

        assertThat(OrtWords.of(exception))
                .isEqualTo("Failed to load library libonnxruntime_providers_cuda.so with error:"
                        + " libcublasLt.so.12: cannot open");
    }
}
