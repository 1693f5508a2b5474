package dev.entrepot.server.inference;

import dev.entrepot.server.inference.ProtocolJson.ServerMetadata;
import dev.entrepot.server.inference.ProtocolJson.ServerState;
import dev.entrepot.server.web.Drain;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** The protocol's questions about the server. */
@Controller("/v2")
@Tag(name = "Inference", description = "Open Inference Protocol, version 2")
final class ServerController {

    private static final ServerMetadata METADATA = new ServerMetadata(
            "entrepot", "1", List.of("binary_tensor_data", "classification", "model_repository", "statistics"));

    private final Drain drain;

    ServerController(Drain drain) {
        this.drain = drain;
    }

    /** The server's name and the extensions it has. */
    @Get(uris = {"/", ""})
    ServerMetadata metadata() {
        return METADATA;
    }

    /** Whether the server answers. */
    @Get("/health/live")
    ServerState live() {
        return new ServerState(true, !drain.isDraining());
    }

    /** Whether the server takes requests. */
    @Get("/health/ready")
    HttpResponse<ServerState> ready() {
        boolean ready = !drain.isDraining();
        return HttpResponse.status(ready ? 200 : 503, ready ? "OK" : "Stopping").body(new ServerState(true, ready));
    }
}
