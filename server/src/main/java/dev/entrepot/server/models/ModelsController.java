package dev.entrepot.server.models;

import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import dev.entrepot.zoo.catalogue.Catalogue;
import dev.entrepot.zoo.catalogue.Search;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.catalogue.VersionSummary;
import dev.entrepot.zoo.entry.EntryJson;
import dev.entrepot.zoo.entry.ModelName;
import dev.entrepot.zoo.entry.VersionName;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Models, their versions and aliases, and the search for them. */
@Controller("/api/v1/models")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Models")
final class ModelsController {

    private final Catalogue catalogue;

    ModelsController(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Searches. {@link SearchParameters} tells what may be asked for. */
    @Get
    HttpResponse<String> search(HttpRequest<?> request) throws IOException {
        Search search = SearchParameters.read(request.getParameters(), 50);
        Search.Found found = catalogue.search(search);
        MutableHttpResponse<String> response =
                json(new ModelJson.Page(found.total(), search.limit(), search.offset(), found.versions()));
        List<String> links = new ArrayList<>();
        if (search.offset() + search.limit() < found.total()) {
            links.add(link(request, search.offset() + search.limit(), "next"));
        }
        if (search.offset() > 0) {
            links.add(link(request, Math.max(0, search.offset() - search.limit()), "prev"));
        }
        return links.isEmpty() ? response : response.header("Link", String.join(", ", links));
    }

    /** What the facets hold, given what has been chosen. */
    @Get("/filter_options")
    HttpResponse<String> filterOptions(HttpRequest<?> request) throws IOException {
        return json(ModelJson.Options.of(catalogue.filterOptions(SearchParameters.read(request.getParameters(), 1))));
    }

    /** A model: its newest version, or the one after {@code @}. */
    @Get("/{namespace}/{name}")
    HttpResponse<String> model(@PathVariable String namespace, @PathVariable String name) throws IOException {
        return whole(Names.version(namespace, name));
    }

    /** A model's versions, the newest first. */
    @Get("/{namespace}/{name}/versions")
    HttpResponse<String> versions(@PathVariable String namespace, @PathVariable String name) throws IOException {
        ModelName model = Names.model(namespace, name);
        List<VersionSummary> versions = catalogue.versions(model);
        if (versions.isEmpty()) {
            throw new ProblemException(Kind.NOT_FOUND, "there is no model " + model);
        }
        return json(new ModelJson.Versions(model, versions));
    }

    /** A version, by its number, an alias or the digest of its manifest. */
    @Get("/{namespace}/{name}/versions/{version}")
    HttpResponse<String> version(
            @PathVariable String namespace, @PathVariable String name, @PathVariable String version)
            throws IOException {
        return whole(Names.version(namespace, name, version));
    }

    /** Moves an alias. */
    @Put("/{namespace}/{name}/aliases/{alias}")
    HttpResponse<?> point(
            HttpRequest<?> request,
            @PathVariable String namespace,
            @PathVariable String name,
            @PathVariable String alias,
            @Body String body)
            throws IOException {
        ModelJson.AliasRequest wish = read(body);
        try {
            catalogue.point(Names.alias(alias), Names.version(namespace, name, wish.version()), actor(request));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Kind.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        return HttpResponse.noContent();
    }

    /** Deletes an alias. */
    @Delete("/{namespace}/{name}/aliases/{alias}")
    HttpResponse<?> unpoint(
            HttpRequest<?> request,
            @PathVariable String namespace,
            @PathVariable String name,
            @PathVariable String alias)
            throws IOException {
        try {
            if (!catalogue.unpoint(Names.model(namespace, name), Names.alias(alias), actor(request))) {
                throw new ProblemException(Kind.NOT_FOUND, "there is no alias \"" + alias + "\"");
            }
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Kind.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        return HttpResponse.noContent();
    }

    /** Removes a version; its number is never given again. */
    @Delete("/{namespace}/{name}/versions/{version}")
    HttpResponse<?> remove(
            HttpRequest<?> request,
            @PathVariable String namespace,
            @PathVariable String name,
            @PathVariable String version)
            throws IOException {
        catalogue.remove(Names.version(namespace, name, version), actor(request));
        return HttpResponse.noContent();
    }

    private HttpResponse<String> whole(VersionName name) throws IOException {
        Version version = catalogue.find(name).orElseThrow(() -> missing(name));
        return json(ModelJson.Whole.of(
                        version,
                        catalogue.validations(version),
                        catalogue.madeFrom(version.name().toString())))
                .header("Access-Control-Allow-Origin", "*");
    }

    static ProblemException missing(VersionName name) {
        return new ProblemException(Kind.NOT_FOUND, "there is no version " + name);
    }

    private static ModelJson.AliasRequest read(String body) {
        try {
            ModelJson.AliasRequest wish = EntryJson.read(body, ModelJson.AliasRequest.class);
            if (wish.version() != null) {
                return wish;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new ProblemException(Kind.BAD_REQUEST, "the body must be {\"version\": ...}, a number or a digest");
    }

    private static String link(HttpRequest<?> request, int offset, String relation) {
        String address = UriBuilder.of(request.getUri())
                .replaceQueryParam("offset", offset)
                .build()
                .toString();
        return "<" + address + ">; rel=\"" + relation + "\"";
    }

    private static MutableHttpResponse<String> json(Object value) {
        return HttpResponse.ok(EntryJson.toText(value)).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    private static String actor(HttpRequest<?> request) {
        return Optional.ofNullable(request.getUserPrincipal().orElse(null))
                .map(java.security.Principal::getName)
                .orElse("anonymous");
    }
}
