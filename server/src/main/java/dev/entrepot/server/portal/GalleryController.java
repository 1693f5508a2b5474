package dev.entrepot.server.portal;

import dev.entrepot.server.models.SearchParameters;
import dev.entrepot.zoo.catalogue.Catalogue;
import dev.entrepot.zoo.catalogue.Search;
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
import java.net.URI;

/** The first page: all models, to search and to choose from. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class GalleryController {

    private final Catalogue catalogue;
    private final Pages pages;

    GalleryController(Catalogue catalogue, Pages pages) {
        this.catalogue = catalogue;
        this.pages = pages;
    }

    @Get("/")
    HttpResponse<String> gallery(HttpRequest<?> request) throws IOException {
        Search search = SearchParameters.read(request.getParameters(), GalleryPage.SIZE);
        return pages.page(
                "gallery", new GalleryPage(search, catalogue.search(search), catalogue.filterOptions(search)));
    }

    @Get("/models")
    HttpResponse<?> models() {
        return HttpResponse.redirect(URI.create("/"));
    }
}
