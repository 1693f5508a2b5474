package dev.entrepot.server.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrepot.zoo.store.Digest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came out of a job. Its components are named as the JSON that users see.
 *
 * @param conversion what the converter said, as the command line tells it; null if it did not come so far
 * @param report the validation report, as the command line writes it; null if nothing was validated
 * @param version the version that was published, {@code namespace/name@number}; null if none was
 * @param files the files that can be fetched
 * @param failure why it failed; null if it succeeded
 */
public record Outcome(
        @Nullable JsonNode conversion,
        @Nullable JsonNode report,
        @Nullable String version,
        List<File> files,
        @Nullable Failure failure) {

    public Outcome {
        files = List.copyOf(files);
    }

    /** The blobs of its files. */
    Set<Digest> blobs() {
        return files.stream().map(File::sha256).collect(Collectors.toCollection(TreeSet::new));
    }

    /** An outcome of a failure and nothing else. */
    public static Outcome failed(Failure failure) {
        return new Outcome(null, null, null, List.of(), failure);
    }

    /**
     * A file that came out.
     *
     * @param path its name
     * @param sha256 its blob
     * @param bytes its size
     */
    public record File(String path, Digest sha256, long bytes) {}

    /**
     * Why a job failed.
     *
     * @param kind {@code malformed}, {@code unsupported}, {@code limit-exceeded}, {@code not-proven}, {@code timeout}, {@code cancelled} or {@code internal}
     * @param detail a sentence
     * @param problems everything that is wrong with the model, each with its place
     */
    public record Failure(String kind, String detail, List<Fault> problems) {
        public Failure {
            problems = List.copyOf(problems);
        }

        /** Whether it lies with the machine, so that the same order may go well another time. */
        public boolean isTransient() {
            return kind.equals("internal") || kind.equals("cancelled") || kind.equals("timeout");
        }
    }

    /**
     * One thing that is wrong with a model.
     *
     * @param kind {@code malformed}, {@code unsupported} or {@code limit-exceeded}
     * @param file the file
     * @param place the place in it, such as a line or a layer; empty for all of it
     * @param construct what it is about, such as a layer's type
     * @param reason what is wrong with it
     */
    public record Fault(String kind, String file, String place, String construct, String reason) {}
}
