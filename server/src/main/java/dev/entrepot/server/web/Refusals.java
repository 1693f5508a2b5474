package dev.entrepot.server.web;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.zoo.catalogue.NoSuchVersionException;
import dev.entrepot.zoo.catalogue.VersionInUseException;
import dev.entrepot.zoo.store.StoreFullException;
import io.micronaut.context.annotation.Factory;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From exceptions to problems. */
@Factory
final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final ProblemAnswers answers;

    Refusals(ProblemAnswers answers) {
        this.answers = answers;
    }

    @Singleton
    ExceptionHandler<ProblemException, HttpResponse<?>> refusedRequest() {
        return (request, refused) -> {
            MutableHttpResponse<Object> answer = answer(request, refused.problem());
            refused.headers().forEach(answer::header);
            return answer;
        };
    }

    @Singleton
    ExceptionHandler<ModelException, HttpResponse<?>> refusedModel() {
        return (request, refused) -> answer(request, Problem.of(refused));
    }

    @Singleton
    ExceptionHandler<NoSuchVersionException, HttpResponse<?>> missingVersion() {
        return (request, missing) -> answer(request, Problem.of(Kind.NOT_FOUND, String.valueOf(missing.getMessage())));
    }

    @Singleton
    ExceptionHandler<VersionInUseException, HttpResponse<?>> versionInUse() {
        return (request, conflict) -> answer(request, Problem.of(Kind.CONFLICT, String.valueOf(conflict.getMessage())));
    }

    @Singleton
    ExceptionHandler<IOException, HttpResponse<?>> failedDisk() {
        return (request, failure) -> {
            LOG.error("{} {} failed", request.getMethodName(), request.getPath(), failure);
            return isFull(failure)
                    ? answer(request, Problem.of(Kind.STORAGE_FULL, "no space is left on the server's disk"))
                    : answer(request, internal());
        };
    }

    @Singleton
    ExceptionHandler<Throwable, HttpResponse<?>> anythingElse() {
        return (request, failure) -> {
            LOG.error("{} {} failed", request.getMethodName(), request.getPath(), failure);
            return answer(request, internal());
        };
    }

    /** Whether a disk is full; Java says so in the system's words only. */
    static boolean isFull(IOException failure) {
        if (failure instanceof StoreFullException) {
            return true;
        }
        String words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return words.contains("no space left") || words.contains("disk quota exceeded");
    }

    private static Problem internal() {
        return Problem.of(Kind.INTERNAL, "the server's log says more, under the X-Request-ID of this answer");
    }

    private MutableHttpResponse<Object> answer(HttpRequest<?> request, Problem problem) {
        return answers.answer(request, problem, HttpResponse.ok());
    }
}
