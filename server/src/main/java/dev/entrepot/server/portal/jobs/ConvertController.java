package dev.entrepot.server.portal.jobs;

import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.config.ServerConfig.Anonymous;
import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.jobs.JobOrder.Conversion;
import dev.entrepot.server.jobs.Jobs;
import dev.entrepot.server.portal.Pages;
import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.util.Optional;

/** The page that orders a conversion. */
@Controller("/convert")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class ConvertController {

    private final Jobs jobs;
    private final Pages pages;
    private final ServerConfig config;

    ConvertController(Jobs jobs, Pages pages, ServerConfig config) {
        this.jobs = jobs;
        this.pages = pages;
        this.config = config;
    }

    /** The form; filled in as a job was ordered if one is named. */
    @Get
    HttpResponse<String> convert(@QueryValue Optional<String> job) throws IOException {
        boolean needsToken = config.anonymous() != Anonymous.WRITE;
        long longest = config.limits().uploadBytes();
        if (job.isEmpty()) {
            return pages.page("jobs/convert", ConvertPage.empty(needsToken, longest));
        }
        Job found = jobs.find(job.get())
                .filter(one -> one.order() instanceof Conversion)
                .orElseThrow(() -> new ProblemException(Kind.NOT_FOUND, "there is no such conversion"));
        return pages.page("jobs/convert", ConvertPage.again((Conversion) found.order(), needsToken, longest));
    }
}
