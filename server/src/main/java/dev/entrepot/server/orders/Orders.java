package dev.entrepot.server.orders;

import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.ImportOptions.Missing;
import dev.entrepot.importers.ImportOptions.Unused;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.io.ExternalDataPolicy;
import dev.entrepot.onnx.opset.Opsets;
import dev.entrepot.server.jobs.JobOrder.Conversion;
import dev.entrepot.server.jobs.JobOrder.Destination;
import dev.entrepot.server.web.FieldFaults;
import dev.entrepot.zoo.convert.Converter;
import dev.entrepot.zoo.entry.ModelName;
import dev.entrepot.zoo.entry.Selector;
import dev.entrepot.zoo.recipe.Recipe;
import dev.entrepot.zoo.recipe.Recipe.Source;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From bodies to orders of conversions. */
@Singleton
final class Orders {

    private static final String TEST_DATA = "test_data_set_[0-9]{1,9}/(input|output)_[0-9]{1,9}\\.pb";

    private final KnownFiles files;

    Orders(KnownFiles files) {
        this.files = files;
    }

    /**
     * The order that a body asks for.
     *
     * @throws dev.entrepot.server.web.ProblemException with all that is wrong with it
     * @throws IOException if the store or the database fails
     */
    Conversion conversion(ConversionBody body, String caller) throws IOException {
        FieldFaults faults = new FieldFaults();
        List<Source> sources = sources(body, caller, faults);
        List<Source> reference = reference(listed(body.reference()), caller, faults);
        List<InputSpec> inputs = inputs(listed(body.inputs()), faults);
        Optional<String> framework = given(body.framework());
        if (framework.isPresent() && !Converter.frameworks().contains(framework.get())) {
            faults.add(
                    "framework",
                    "there is no framework \"" + framework.get() + "\", there are " + Converter.frameworks());
        }
        long opset = body.opset() == null ? Model.HOUSE_OPSET : body.opset();
        if (opset < Opsets.OLDEST || opset > Model.HOUSE_OPSET) {
            faults.add("opset", opset + " is not possible, " + Opsets.OLDEST + " to " + Model.HOUSE_OPSET + " is");
        }
        Destination destination = body.publish() == null ? null : destination(body.publish(), faults);
        if (body.publish() != null && listed(body.reference()).isEmpty()) {
            faults.add(
                    "reference",
                    "nothing is published without reference outputs that prove it; give them, or no publish");
        }
        faults.throwIfAny();
        Recipe recipe = Recipe.of(
                sources,
                framework,
                new ImportOptions(
                        inputs,
                        isTrue(body.allowMissing()) ? Missing.FILL : Missing.REFUSE,
                        isTrue(body.allowUnused()) ? Unused.IGNORE : Unused.REFUSE,
                        given(body.weightsKey()),
                        given(body.stripPrefix())),
                isTrue(body.externalData()) ? ExternalDataPolicy.ALWAYS : ExternalDataPolicy.WHEN_TOO_LARGE,
                opset,
                reference);
        return new Conversion(recipe, destination);
    }

    private List<Source> sources(ConversionBody body, String caller, FieldFaults faults) throws IOException {
        List<FileBody> named = listed(body.sources());
        if (named.isEmpty()) {
            faults.add("sources", "at least one file is expected");
        }
        List<Source> sources = files.find(named, "sources", caller, faults);
        requireDistinct(sources, "sources", faults);
        boolean asked = false;
        for (Source source : sources) {
            boolean python = source.path().endsWith(".py");
            if (!python && source.path().contains("/")) {
                faults.add("sources", "\"" + source.path() + "\": only Python files may lie in folders");
            }
            if (!source.expression().isEmpty() && (!python || asked)) {
                faults.add(
                        "sources",
                        "\"" + source.path() + "\": one Python file is asked for the network, by its expression");
            }
            asked |= !source.expression().isEmpty();
        }
        return sources;
    }

    /** The files of a reference: a single {@code .npz}, or those of ONNX's own tests. */
    List<Source> reference(List<FileBody> named, String caller, FieldFaults faults) throws IOException {
        List<Source> reference = files.find(named, "reference", caller, faults);
        requireDistinct(reference, "reference", faults);
        boolean npz = reference.size() == 1
                && reference.get(0).path().endsWith(".npz")
                && !reference.get(0).path().contains("/");
        if (!npz && !reference.stream().allMatch(file -> file.path().matches(TEST_DATA))) {
            faults.add(
                    "reference",
                    "one NAME.npz is expected, or files test_data_set_N/input_I.pb and test_data_set_N/output_I.pb");
        }
        if (reference.stream().anyMatch(file -> !file.expression().isEmpty())) {
            faults.add("reference", "only source files have an expression");
        }
        return reference;
    }

    private static void requireDistinct(List<Source> files, String field, FieldFaults faults) {
        Set<String> names = new HashSet<>();
        for (Source file : files) {
            if (!names.add(file.path())) {
                faults.add(field, "two files have the name \"" + file.path() + "\"");
            }
        }
    }

    private static List<InputSpec> inputs(List<String> texts, FieldFaults faults) {
        List<InputSpec> inputs = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            read(texts.get(i), InputSpec::parse, "inputs[" + i + "]", faults).ifPresent(inputs::add);
        }
        return inputs;
    }

    private static @Nullable Destination destination(PublishBody body, FieldFaults faults) {
        List<String> aliases = listed(body.aliases());
        for (int i = 0; i < aliases.size(); i++) {
            String place = "publish.aliases[" + i + "]";
            Optional<Selector.Alias> alias = read(aliases.get(i), Selector.Alias::new, place, faults);
            if (alias.isPresent() && alias.get().equals(Selector.LATEST)) {
                faults.add(place, "latest moves by itself");
            }
        }
        if (holdsNull(body.tags()) || holdsNull(body.labels()) || holdsNull(body.preprocessing())) {
            faults.add("publish", "tags, labels and preprocessing hold no null");
            return null;
        }
        if (body.model() == null) {
            faults.add("publish.model", "namespace/name is expected");
            return null;
        }
        Optional<ModelName> model = read(body.model(), ModelName::parse, "publish.model", faults);
        return model.isEmpty() || !faults.isEmpty() ? null : new Destination(model.get(), body.card(), aliases);
    }

    private static <T> Optional<T> read(
            @Nullable String text, Function<String, T> parser, String field, FieldFaults faults) {
        if (text == null) {
            faults.add(field, "expected a text");
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException e) {
            faults.add(field, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static boolean holdsNull(@Nullable List<?> list) {
        return list != null && list.stream().anyMatch(element -> element == null);
    }

    static <T> List<T> listed(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).filter(some -> !some.isEmpty());
    }

    private static boolean isTrue(@Nullable Boolean choice) {
        return Boolean.TRUE.equals(choice);
    }
}
