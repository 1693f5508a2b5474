package dev.entrepot.server.orders;

import dev.entrepot.server.idempotency.Answer;
import dev.entrepot.server.idempotency.IdempotencyKeys;
import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.jobs.JobOrder;
import dev.entrepot.server.jobs.Jobs;
import dev.entrepot.server.jobs.QueueFullException;
import dev.entrepot.server.tracking.JobCallers;
import dev.entrepot.server.tracking.JobView;
import dev.entrepot.server.web.FieldFaults;
import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import dev.entrepot.zoo.entry.EntryJson;
import dev.entrepot.zoo.store.NoSuchBlobException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Takes orders of conversions and validations. Equal orders are one job. */
@Controller("/api/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Orders", description = "What becomes a job")
final class OrderController {

    private static final Logger LOG = LoggerFactory.getLogger(OrderController.class);

    private final Orders orders;
    private final ValidationOrders validations;
    private final Jobs jobs;
    private final JobCallers callers;
    private final IdempotencyKeys keys;

    OrderController(Orders orders, ValidationOrders validations, Jobs jobs, JobCallers callers, IdempotencyKeys keys) {
        this.orders = orders;
        this.validations = validations;
        this.jobs = jobs;
        this.callers = callers;
        this.keys = keys;
    }

    /** Orders a conversion: the files become ONNX, are proven against the reference, and are published. */
    @Post("/conversions")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ConversionBody.class)))
    @Parameter(
            name = "Idempotency-Key",
            in = ParameterIn.HEADER,
            description =
                    "a text of the caller's own in double quotes; the same request with it is answered once a day")
    @ApiResponse(
            responseCode = "202",
            description = "the job",
            headers = @Header(name = "Location", description = "where the job is", schema = @Schema(type = "string")),
            content = @Content(schema = @Schema(implementation = JobView.class)))
    @ApiResponse(
            responseCode = "200",
            description = "the job, which has come to its end already",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    @ApiResponse(responseCode = "400", description = "fields are wrong; all of them are named")
    @ApiResponse(responseCode = "409", description = "the request with this Idempotency-Key is being answered")
    @ApiResponse(responseCode = "422", description = "the Idempotency-Key is that of another request")
    @ApiResponse(responseCode = "429", description = "too many jobs wait, or too many requests came")
    @ApiResponse(responseCode = "507", description = "the disk is full")
    HttpResponse<String> convert(HttpRequest<?> request, @Body byte[] body) throws IOException {
        return answered(
                request,
                body,
                () -> orders.conversion(Bodies.read(body, ConversionBody.class), JobCallers.name(request)));
    }

    /** Orders a validation: a version or files are run against a reference. */
    @Post("/validations")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ValidationBody.class)))
    @Parameter(
            name = "Idempotency-Key",
            in = ParameterIn.HEADER,
            description =
                    "a text of the caller's own in double quotes; the same request with it is answered once a day")
    @ApiResponse(
            responseCode = "202",
            description = "the job",
            headers = @Header(name = "Location", description = "where the job is", schema = @Schema(type = "string")),
            content = @Content(schema = @Schema(implementation = JobView.class)))
    @ApiResponse(responseCode = "400", description = "fields are wrong; all of them are named")
    HttpResponse<String> validate(HttpRequest<?> request, @Body byte[] body) throws IOException {
        return answered(
                request,
                body,
                () -> validations.validation(Bodies.read(body, ValidationBody.class), JobCallers.name(request)));
    }

    /** Where models will leave in other frameworks' forms. There are no exporters yet. */
    @Post("/exports")
    @Consumes(MediaType.ALL)
    @ApiResponse(responseCode = "501", description = "there are no exporters yet")
    HttpResponse<String> export() {
        throw new ProblemException(
                Kind.NOT_IMPLEMENTED,
                "unsupported: exporters to other frameworks are not there yet; a version's files are ONNX");
    }

    /** What a body asks for. */
    @FunctionalInterface
    private interface Wish {
        JobOrder order() throws IOException;
    }

    private HttpResponse<String> answered(HttpRequest<?> request, byte[] body, Wish wish) throws IOException {
        Answer answer = keys.once(request, body, () -> submitted(wish, JobCallers.name(request)));
        MutableHttpResponse<String> response = HttpResponse.<String>status(
                        io.micronaut.http.HttpStatus.valueOf(answer.status()))
                .body(answer.body())
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store");
        return answer.location() == null ? response : response.header("Location", answer.location());
    }

    private Answer submitted(Wish wish, String caller) throws IOException {
        JobOrder order = wish.order();
        try (MDC.MDCCloseable id = MDC.putCloseable("job", order.id().substring(0, 12))) {
            Job job = jobs.submit(order, caller);
            callers.note(job, caller);
            LOG.atInfo()
                    .addKeyValue("caller", caller)
                    .addKeyValue("operation", order.operation())
                    .addKeyValue("state", job.state().word())
                    .log("ordered");
            return new Answer(job.state().isFinal() ? 200 : 202, JobView.place(job), EntryJson.toText(JobView.of(job)));
        } catch (QueueFullException e) {
            throw new ProblemException(
                    Kind.TOO_MANY_REQUESTS, String.valueOf(e.getMessage()), Map.of("Retry-After", "10"));
        } catch (NoSuchBlobException e) {
            throw FieldFaults.of("", "a file is no longer in the store; upload it again");
        }
    }
}
