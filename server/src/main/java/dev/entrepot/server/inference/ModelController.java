package dev.entrepot.server.inference;

import dev.entrepot.onnx.graph.Value;
import dev.entrepot.server.inference.ProtocolJson.ModelMetadata;
import dev.entrepot.server.inference.ProtocolJson.ModelReady;
import dev.entrepot.server.inference.ProtocolJson.TensorMetadata;
import dev.entrepot.server.sessions.SessionPool;
import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import dev.entrepot.tensor.Dim;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The protocol's questions about a model, and its runs. A model's name may be {@code namespace/name}, {@code namespace%2Fname} or, where it is the
 * only one of this name, {@code name}.
 */
@Controller("/v2/models")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Inference")
final class ModelController {

    static final String HEADER_LENGTH = "Inference-Header-Content-Length";
    private static final String PLATFORM = "onnx_onnxv1";

    private final ServedModels models;
    private final SessionPool pool;
    private final Inference inference;

    ModelController(ServedModels models, SessionPool pool, Inference inference) {
        this.models = models;
        this.pool = pool;
        this.inference = inference;
    }

    /** The model's inputs, outputs and versions. */
    @Get(
            uris = {
                "/{model}",
                "/{model}/versions/{version}",
                "/{namespace}/{model}",
                "/{namespace}/{model}/versions/{version}"
            })
    ModelMetadata metadata(
            @PathVariable Optional<String> namespace,
            @PathVariable String model,
            @PathVariable Optional<String> version)
            throws IOException {
        ServedModel served = find(namespace, model, version);
        try (SessionPool.Lease lease = pool.lease(served.model())) {
            return new ModelMetadata(
                    served.name(),
                    served.versions(),
                    PLATFORM,
                    lease.model().inputs().stream()
                            .map(ModelController::metadata)
                            .toList(),
                    lease.model().outputs().stream()
                            .map(ModelController::metadata)
                            .toList());
        }
    }

    /** Whether the model can be run. */
    @Get(
            uris = {
                "/{model}/ready",
                "/{model}/versions/{version}/ready",
                "/{namespace}/{model}/ready",
                "/{namespace}/{model}/versions/{version}/ready"
            })
    ModelReady ready(
            @PathVariable Optional<String> namespace,
            @PathVariable String model,
            @PathVariable Optional<String> version)
            throws IOException {
        return new ModelReady(find(namespace, model, version).name(), true);
    }

    /** Runs the model. */
    @Post(
            uris = {
                "/{model}/infer",
                "/{model}/versions/{version}/infer",
                "/{namespace}/{model}/infer",
                "/{namespace}/{model}/versions/{version}/infer"
            })
    @Consumes(MediaType.ALL)
    @Produces({MediaType.APPLICATION_JSON, MediaType.APPLICATION_OCTET_STREAM})
    HttpResponse<byte[]> infer(
            @PathVariable Optional<String> namespace,
            @PathVariable String model,
            @PathVariable Optional<String> version,
            @Header(HEADER_LENGTH) @Nullable Long headerLength,
            @Header(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @Body byte[] body)
            throws IOException {
        boolean isImage = contentType != null && contentType.startsWith("image/");
        long length = headerLength != null ? headerLength : isImage ? 0 : body.length;
        if (length == 0 && body.length == 0) {
            throw new ProblemException(Kind.BAD_REQUEST, "the request has no body");
        }
        boolean isText = isImage && headerLength == null;
        InferAnswer answer = inference.run(find(namespace, model, version), body, length, !isText);
        if (!answer.binary()) {
            return HttpResponse.ok(answer.body()).contentType(MediaType.APPLICATION_JSON_TYPE);
        }
        return HttpResponse.ok(answer.body())
                .contentType(MediaType.APPLICATION_OCTET_STREAM_TYPE)
                .header(HEADER_LENGTH, String.valueOf(answer.headerLength()));
    }

    private ServedModel find(Optional<String> namespace, String model, Optional<String> version) throws IOException {
        String name = namespace.map(space -> space + "/" + model).orElse(model);
        return models.find(name, version)
                .orElseThrow(() -> new ProblemException(
                        Kind.NOT_FOUND,
                        "there is no model \"" + name + "\""
                                + version.map(named -> " in version \"" + named + "\"")
                                        .orElse("")));
    }

    private static TensorMetadata metadata(Value value) {
        List<Long> shape = value.shape().dims().stream()
                .map(dim -> dim instanceof Dim.Known known ? known.value() : -1L)
                .toList();
        return new TensorMetadata(value.name(), Datatype.nameOf(value.dataType()), shape);
    }
}
