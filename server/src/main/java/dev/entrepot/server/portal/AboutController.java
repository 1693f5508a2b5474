package dev.entrepot.server.portal;

import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.config.ServerConfig.Anonymous;
import dev.entrepot.zoo.catalogue.Catalogue;
import dev.entrepot.zoo.catalogue.Search;
import dev.entrepot.zoo.recipe.ConverterVersion;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;

/** What this is, and how a program uses it. */
@Controller("/about")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class AboutController {

    private final Catalogue catalogue;
    private final ServerConfig config;
    private final Pages pages;

    AboutController(Catalogue catalogue, ServerConfig config, Pages pages) {
        this.catalogue = catalogue;
        this.config = config;
        this.pages = pages;
    }

    @Get
    HttpResponse<String> about(HttpRequest<?> request) throws IOException {
        String model = catalogue.search(Search.ALL.page(1, 0)).versions().stream()
                .map(version -> version.model().toString())
                .findFirst()
                .orElse("namespace/name");
        return pages.page(
                "about",
                new AboutPage(
                        Address.of(request), ConverterVersion.current(), config.anonymous() != Anonymous.WRITE, model));
    }
}
