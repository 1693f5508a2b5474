package dev.entrepot.server.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrepot.server.child.ChildResult;
import dev.entrepot.server.child.JobFolder;
import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.jobs.JobOrder.Conversion;
import dev.entrepot.server.jobs.JobOrder.Destination;
import dev.entrepot.server.jobs.JobOrder.Validation;
import dev.entrepot.server.jobs.Jobs;
import dev.entrepot.server.jobs.Outcome;
import dev.entrepot.server.jobs.Outcome.Failure;
import dev.entrepot.zoo.Zoo;
import dev.entrepot.zoo.catalogue.ValidationRun;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.entry.EntryJson;
import dev.entrepot.zoo.entry.Selector;
import dev.entrepot.zoo.entry.VersionName;
import dev.entrepot.zoo.publish.Candidate;
import dev.entrepot.zoo.publish.NotProvenException;
import dev.entrepot.zoo.publish.Publication;
import dev.entrepot.zoo.publish.Publisher.Sources;
import dev.entrepot.zoo.recipe.Made;
import dev.entrepot.zoo.recipe.Made.MadeFile;
import dev.entrepot.zoo.store.Blob;
import dev.entrepot.zoo.store.Digest;
import dev.entrepot.zoo.store.OpenBlob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes what a child has left: stores it, publishes it, and says what came of the job. Doing it twice is doing it once. */
final class Delivery {

    private static final String REPORT = "report.json";

    private final Zoo zoo;
    private final Jobs jobs;

    Delivery(Zoo zoo, Jobs jobs) {
        this.zoo = zoo;
        this.jobs = jobs;
    }

    /**
     * What came of a job.
     *
     * @throws IOException if what the child left is not what it should be, or the disk or the database fails
     */
    Outcome take(Job job, JobFolder folder, ChildResult result) throws IOException {
        if (result.failure() != null) {
            return new Outcome(result.conversion(), null, null, List.of(), result.failure());
        }
        if (job.order() instanceof Validation validation) {
            return validated(job, validation, folder);
        }
        Conversion conversion = (Conversion) job.order();
        return result.validated()
                ? proven(job, conversion, folder, result.conversion())
                : converted(folder, result.conversion());
    }

    private Outcome converted(JobFolder folder, @Nullable JsonNode conversion) throws IOException {
        List<Outcome.File> files = new ArrayList<>();
        files.add(stored(Made.MODEL, folder.made(Made.MODEL)));
        String data = Made.MODEL + ".data";
        if (Files.exists(folder.out().resolve(data))) {
            files.add(stored(data, folder.made(data)));
        }
        return new Outcome(conversion, null, null, files, null);
    }

    private Outcome proven(Job job, Conversion order, JobFolder folder, @Nullable JsonNode conversion)
            throws IOException {
        Candidate candidate = Candidate.read(folder.out()).withRecipe(order.recipe());
        requireOrdered(candidate, order);
        List<Outcome.File> files = new ArrayList<>();
        for (MadeFile made : candidate.files()) {
            files.add(stored(made.path(), candidate.file(made)));
        }
        files.add(stored(REPORT, candidate.report()));
        JsonNode report = EntryJson.tree(candidate.report());
        ValidationRun run = ValidationRun.of(candidate.report(), job.isolation());
        if (!run.passed()) {
            return new Outcome(conversion, report, null, files, notProven(run));
        }
        Destination destination = order.destination();
        if (destination == null) {
            return new Outcome(conversion, report, null, files, null);
        }
        try {
            Version version = zoo.publish(candidate, Sources.STORED, publication(job, destination));
            return new Outcome(conversion, report, version.name().toString(), files, null);
        } catch (NotProvenException e) {
            return new Outcome(conversion, report, null, files, notProven(e.validation()));
        }
    }

    /** The child says what it converted; it must be what was ordered. */
    private static void requireOrdered(Candidate candidate, Conversion order) throws IOException {
        Set<Digest> known = order.blobs();
        Set<Digest> said = candidate.record().source().files().stream()
                .map(file -> file.sha256())
                .collect(Collectors.toSet());
        if (!known.containsAll(said)) {
            throw new IOException("the child converted " + said + ", but was given " + known);
        }
    }

    private static Publication publication(Job job, Destination destination) {
        return new Publication(
                destination.model(),
                destination.card(),
                destination.aliases().stream().map(Selector.Alias::new).toList(),
                job.submittedBy(),
                job.isolation());
    }

    private Outcome validated(Job job, Validation order, JobFolder folder) throws IOException {
        byte[] bytes = folder.report();
        if (!order.version().isEmpty()) {
            bytes = added(order, bytes, job);
        }
        ValidationRun run = ValidationRun.of(bytes, job.isolation());
        return new Outcome(
                null,
                EntryJson.tree(bytes),
                order.version().isEmpty() ? null : order.version(),
                List.of(stored(REPORT, bytes)),
                run.passed() ? null : notProven(run));
    }

    /** Adds a report to its version, unless an earlier attempt at this job has added one; gives the one that counts. */
    private byte[] added(Validation order, byte[] report, Job job) throws IOException {
        ValidationRun run = ValidationRun.of(report, job.isolation());
        if (!order.blobs().contains(run.model())) {
            throw new IOException("the child validated " + run.model() + ", but was given " + order.blobs());
        }
        Optional<Version> version = zoo.catalogue().find(VersionName.parse(order.version()));
        if (version.isEmpty()) {
            return report;
        }
        Set<Digest> known = jobs.held(job);
        Optional<Digest> before = zoo.catalogue().validations(version.get()).stream()
                .map(ValidationRun::report)
                .filter(known::contains)
                .findFirst();
        if (before.isPresent()) {
            try (OpenBlob blob = zoo.blobs().open(before.get())) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                blob.transferTo(Channels.newChannel(bytes));
                return bytes.toByteArray();
            }
        }
        // Held first: so the next attempt knows this report, if this one ends right after it was added.
        jobs.hold(job, Set.of(zoo.blobs().put(report).digest()));
        zoo.catalogue().addValidation(version.get(), run, job.submittedBy());
        return report;
    }

    private static Failure notProven(ValidationRun run) {
        return new Failure("not-proven", "its validation says " + run.verdict() + ", " + run.reason(), List.of());
    }

    private Outcome.File stored(String path, Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            throw new NoSuchFileException(path);
        }
        Blob blob = zoo.blobs().put(file);
        return new Outcome.File(path, blob.digest(), blob.bytes());
    }

    private Outcome.File stored(String path, byte[] bytes) throws IOException {
        Blob blob = zoo.blobs().put(bytes);
        return new Outcome.File(path, blob.digest(), blob.bytes());
    }
}
