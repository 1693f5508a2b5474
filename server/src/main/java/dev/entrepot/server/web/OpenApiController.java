package dev.entrepot.server.web;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.types.files.StreamedFile;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.InputStream;
import java.net.URI;

/** The description of the API that the build generates from the controllers, and the way to its pages. */
@Controller
@Hidden
final class OpenApiController {

    private static final String DESCRIPTION = "META-INF/swagger/openapi.json";

    @Get("/openapi.json")
    @Produces(MediaType.APPLICATION_JSON)
    StreamedFile description() {
        InputStream json = getClass().getClassLoader().getResourceAsStream(DESCRIPTION);
        if (json == null) {
            throw new ProblemException(Kind.NOT_FOUND, "this build has no description of its API");
        }
        return new StreamedFile(json, MediaType.APPLICATION_JSON_TYPE);
    }

    @Get("/.well-known/openapi.json")
    HttpResponse<?> wellKnown() {
        return HttpResponse.redirect(URI.create("/openapi.json"));
    }

    @Get("/docs")
    HttpResponse<?> docs() {
        return HttpResponse.redirect(URI.create("/docs/index.html"));
    }
}
