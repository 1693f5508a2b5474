package dev.entrepot.server.inference;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The protocol's JSON objects, named and spelled as it has them. */
final class ProtocolJson {

    private ProtocolJson() {}

    /** $metadata_server_response. */
    @Serdeable
    record ServerMetadata(String name, String version, List<String> extensions) {}

    /** $live_server_response; {@code ready} beside it for those who look for the better word. */
    @Serdeable
    record ServerState(boolean live, boolean ready) {}

    /** $ready_model_response. */
    @Serdeable
    record ModelReady(String name, boolean ready) {}

    /** $metadata_tensor; open dimensions are -1. */
    @Serdeable
    record TensorMetadata(String name, String datatype, List<Long> shape) {}

    /** $metadata_model_response. */
    @Serdeable
    record ModelMetadata(
            String name,
            List<String> versions,
            String platform,
            List<TensorMetadata> inputs,
            List<TensorMetadata> outputs) {}

    /** $repository_index_request. */
    @Serdeable
    record IndexRequest(@Nullable Boolean ready) {}

    /** An entry of $repository_index_response. */
    @Serdeable
    record IndexEntry(String name, String version, String state, String reason) {}

    /** $duration_stat. */
    @Serdeable
    record Duration(long count, long ns) {}

    /** $batch_stats. */
    @Serdeable
    record Batch(
            @JsonProperty("batch_size") long batchSize,
            @JsonProperty("compute_infer") Duration computeInfer) {}

    /** $model_stat. */
    @Serdeable
    record ModelStatistics(
            String name,
            String version,
            @JsonProperty("last_inference") long lastInference,
            @JsonProperty("inference_count") long inferenceCount,
            @JsonProperty("execution_count") long executionCount,
            @JsonProperty("inference_stats") Map<String, Duration> inferenceStats,
            @JsonProperty("batch_stats") List<Batch> batchStats) {}

    /** $stats_model_response. */
    @Serdeable
    record Statistics(@JsonProperty("model_stats") List<ModelStatistics> modelStats) {}
}
