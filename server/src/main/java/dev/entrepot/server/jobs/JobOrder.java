package dev.entrepot.server.jobs;

import dev.entrepot.zoo.entry.EntryJson;
import dev.entrepot.zoo.entry.ModelCard;
import dev.entrepot.zoo.entry.ModelName;
import dev.entrepot.zoo.recipe.Recipe;
import dev.entrepot.zoo.recipe.Recipe.Source;
import dev.entrepot.zoo.store.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a job is to do. Equal orders have equal bytes, and so are one job. */
public sealed interface JobOrder {

    /** The operation's word, such as {@code conversion}. */
    String operation();

    /** What a worker must be able to do: {@code convert}, {@code validate-cpu} or {@code validate-cuda}. */
    String capability();

    /** A line for people: what goes in, and what it becomes. */
    String subject();

    /** The files that it needs, all in the store. */
    Set<Digest> blobs();

    /**
     * Source files are to become ONNX.
     *
     * @param recipe what goes in, and how; its reference may be empty, then nothing is proven and nothing can be published
     * @param destination where it is published if it is proven; null if it is only to be fetched
     */
    record Conversion(Recipe recipe, @Nullable Destination destination) implements JobOrder {

        /** @throws IllegalArgumentException if it is to be published without a proof */
        public Conversion {
            if (destination != null && recipe.reference().isEmpty()) {
                throw new IllegalArgumentException(
                        "nothing is published without reference outputs that prove it; give a reference, or no model name");
            }
        }

        @Override
        public String operation() {
            return "conversion";
        }

        @Override
        public String capability() {
            return "convert";
        }

        @Override
        public String subject() {
            return names(recipe.sources()) + (destination == null ? "" : " as " + destination.model());
        }

        @Override
        public Set<Digest> blobs() {
            return digests(recipe.sources(), recipe.reference());
        }
    }

    /**
     * An ONNX model is to be run against a reference.
     *
     * @param converter the version of this program
     * @param version the name of the version that it is of; empty if the files are of none
     * @param model the model's files: {@code model.onnx}, perhaps {@code model.onnx.data}
     * @param reference an {@code .npz}, or the files of {@code test_data_set_N}
     * @param provider {@code cpu} or {@code cuda}
     */
    record Validation(String converter, String version, List<Source> model, List<Source> reference, String provider)
            implements JobOrder {

        /** @throws IllegalArgumentException if there is no model or no reference, or the provider is none */
        public Validation {
            model = List.copyOf(model);
            reference = List.copyOf(reference);
            if (model.isEmpty() || reference.isEmpty()) {
                throw new IllegalArgumentException("a validation needs a model and a reference");
            }
            if (!Set.of("cpu", "cuda").contains(provider)) {
                throw new IllegalArgumentException("a provider is cpu or cuda, got \"" + provider + "\"");
            }
        }

        @Override
        public String operation() {
            return "validation";
        }

        @Override
        public String capability() {
            return "validate-" + provider;
        }

        @Override
        public String subject() {
            return version.isEmpty() ? names(model) : version;
        }

        @Override
        public Set<Digest> blobs() {
            return digests(model, reference);
        }
    }

    /**
     * Where a model is published.
     *
     * @param model as a version of which model
     * @param card what people say about it
     * @param aliases the aliases to move to it, beside {@code latest}
     */
    record Destination(ModelName model, ModelCard card, List<String> aliases) {
        public Destination {
            aliases = List.copyOf(aliases);
        }
    }

    /** The order as JSON. */
    default String toJson() {
        return EntryJson.toText(this);
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @throws IllegalArgumentException if it is no order
     */
    static JobOrder read(String operation, String json) {
        return switch (operation) {
            case "conversion" -> EntryJson.read(json, Conversion.class);
            case "validation" -> EntryJson.read(json, Validation.class);
            default -> throw new IllegalArgumentException("there is no operation \"" + operation + "\"");
        };
    }

    /** The job's name: the digest of what is asked for. */
    default String id() {
        return Digest.of((operation() + "\n" + toJson()).getBytes(StandardCharsets.UTF_8))
                .hex();
    }

    private static String names(List<Source> files) {
        return files.stream()
                .map(file -> file.expression().isEmpty() ? file.path() : file.path() + ":" + file.expression())
                .collect(Collectors.joining(" "));
    }

    private static Set<Digest> digests(List<Source> first, List<Source> second) {
        List<Source> all = new ArrayList<>(first);
        all.addAll(second);
        return all.stream().map(Source::sha256).collect(Collectors.toCollection(TreeSet::new));
    }
}
