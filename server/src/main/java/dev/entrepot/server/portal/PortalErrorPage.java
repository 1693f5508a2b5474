package dev.entrepot.server.portal;

import dev.entrepot.server.web.ErrorPage;
import dev.entrepot.server.web.Problem;
import jakarta.inject.Singleton;

/** A problem as a page. */
@Singleton
final class PortalErrorPage implements ErrorPage {

    private final Pages pages;

    PortalErrorPage(Pages pages) {
        this.pages = pages;
    }

    @Override
    public String html(Problem problem) {
        return pages.html("problem", problem);
    }
}
