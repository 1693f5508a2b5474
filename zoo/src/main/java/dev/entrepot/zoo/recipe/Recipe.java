package dev.entrepot.zoo.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.ImportOptions.Missing;
import dev.entrepot.importers.ImportOptions.Unused;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.onnx.io.ExternalDataPolicy;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.zoo.convert.NamedSource;
import dev.entrepot.zoo.entry.EntryJson;
import dev.entrepot.zoo.entry.VersionFile;
import dev.entrepot.zoo.store.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a version is made. The same source, asked for in the same way of the same converter, has the same recipe, byte by byte.
 *
 * @param schema {@value #SCHEMA}
 * @param converter which converter
 * @param framework the framework that was named; empty if the files told
 * @param sources the files, in the order they were given
 * @param inputs what was said about inputs
 * @param missing what to do about a parameter that has no weights: {@code refuse} or {@code fill}
 * @param unused what to do about weights that fit no parameter: {@code refuse} or {@code ignore}
 * @param weightsKey under which key a file of weights keeps the network; empty if it is looked for
 * @param stripPrefix what to take off the names of weights; empty if only known prefixes
 * @param opset the version of ai.onnx
 * @param externalData {@code when_too_large} or {@code always}
 * @param reference the files with inputs and expected outputs; a single one if it is an {@code .npz}
 */
public record Recipe(
        String schema,
        String converter,
        String framework,
        List<Source> sources,
        List<Input> inputs,
        String missing,
        String unused,
        String weightsKey,
        String stripPrefix,
        long opset,
        String externalData,
        List<Source> reference) {

    /** The version of this schema. */
    public static final String SCHEMA = "entrepot-recipe/1";

    /** Where source files lie in a version. */
    public static final String SOURCE_FOLDER = "source/";

    /** Where the reference's files lie in a version. */
    public static final String REFERENCE_FOLDER = "reference/";

    /** @throws IllegalArgumentException if two files have the same name */
    public Recipe {
        sources = List.copyOf(sources);
        inputs = List.copyOf(inputs);
        reference = List.copyOf(reference);
        if (sources.stream().map(Source::path).distinct().count() < sources.size()) {
            throw new IllegalArgumentException("two source files have the same name: "
                    + sources.stream().map(Source::path).toList());
        }
    }

    /**
     * A file that goes in.
     *
     * @param path its name, with the folders that Python imports go by
     * @param expression what makes the network, if this is the Python file that is asked for it; else empty
     * @param sha256 its digest
     */
    public record Source(String path, String expression, Digest sha256) {
        /** @throws IllegalArgumentException if the name is not one within a folder */
        public Source {
            VersionFile.requirePath(path);
        }
    }

    /**
     * What was said about an input.
     *
     * @param name its name
     * @param dtype its element type as NumPy has it
     * @param shape its sizes: numbers, symbols, {@code ?}; null if not even the rank was said
     * @param fixed the number that it always is; null if it stays an input
     * @param literal what it always is, as Python writes it; null, and then not written, if it stays an input
     */
    public record Input(
            String name,
            String dtype,
            @Nullable List<String> shape,
            @Nullable Double fixed,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String literal) {

        /** An input of this type and these sizes, or a number. */
        public Input(String name, String dtype, @Nullable List<String> shape, @Nullable Double fixed) {
            this(name, dtype, shape, fixed, null);
        }

        static Input of(InputSpec spec) {
            return new Input(
                    spec.name(),
                    spec.type().numpyName(),
                    spec.shape().ranked()
                            ? spec.shape().dims().stream().map(Dim::toString).toList()
                            : null,
                    spec.fixed().orElse(null),
                    spec.literal().orElse(null));
        }

        InputSpec spec() {
            DataType type = DataType.ofNumpyName(dtype)
                    .orElseThrow(() -> new IllegalArgumentException("there is no dtype \"" + dtype + "\""));
            Shape sizes = shape == null
                    ? Shape.UNRANKED
                    : Shape.of(shape.stream().map(Input::dim).toList());
            return new InputSpec(name, type, sizes, Optional.ofNullable(fixed), Optional.ofNullable(literal));
        }

        private static Dim dim(String word) {
            if (word.equals("?")) {
                return Dim.UNKNOWN;
            }
            return word.matches("[0-9]+") ? Dim.of(Long.parseLong(word)) : Dim.of(word);
        }
    }

    /**
     * The recipe of an import.
     *
     * @throws IOException if a file cannot be read
     */
    public static Recipe of(ImportRequest request) throws IOException {
        List<Digest> digests = new ArrayList<>();
        for (NamedSource source : NamedSource.of(request.sources())) {
            digests.add(Digest.of(source.path()));
        }
        return of(request, digests);
    }

    /** The recipe of an import whose sources' digests are known. */
    static Recipe of(ImportRequest request, List<Digest> digests) throws IOException {
        List<Source> sources = new ArrayList<>();
        for (NamedSource source : NamedSource.of(request.sources())) {
            sources.add(new Source(source.name(), source.expression().orElse(""), digests.get(sources.size())));
        }
        List<Source> reference = new ArrayList<>();
        for (Map.Entry<String, Path> file :
                ReferenceFiles.of(request.reference()).entrySet()) {
            reference.add(new Source(file.getKey(), "", Digest.of(file.getValue())));
        }
        return of(sources, request.framework(), request.options(), request.externalData(), request.opset(), reference);
    }

    /**
     * The recipe of files that are known by their digests.
     *
     * @param framework the framework's name; judged by the files' content if empty
     * @param reference the files with inputs and expected outputs; none if nothing is to be proven
     * @throws IllegalArgumentException if two source files have the same name
     */
    public static Recipe of(
            List<Source> sources,
            Optional<String> framework,
            ImportOptions options,
            ExternalDataPolicy externalData,
            long opset,
            List<Source> reference) {
        return new Recipe(
                SCHEMA,
                ConverterVersion.current(),
                framework.orElse(""),
                sources,
                options.inputs().stream().map(Input::of).toList(),
                word(options.missing()),
                word(options.unused()),
                options.weightsKey().orElse(""),
                options.stripPrefix().orElse(""),
                opset,
                word(externalData),
                reference);
    }

    /** The import that this recipe asks for, of files that lie in a folder as in a version. */
    public ImportRequest request(Path folder) {
        List<Path> arguments = sources.stream()
                .map(source -> folder.resolve(SOURCE_FOLDER + source.path())
                        + (source.expression().isEmpty() ? "" : ":" + source.expression()))
                .map(Path::of)
                .toList();
        boolean isFile = reference.size() == 1 && !reference.get(0).path().contains("/");
        return new ImportRequest(
                arguments,
                given(framework),
                new ImportOptions(
                        inputs.stream().map(Input::spec).toList(),
                        Missing.valueOf(missing.toUpperCase(Locale.ROOT)),
                        Unused.valueOf(unused.toUpperCase(Locale.ROOT)),
                        given(weightsKey),
                        given(stripPrefix)),
                ExternalDataPolicy.valueOf(externalData.toUpperCase(Locale.ROOT)),
                opset,
                folder.resolve(REFERENCE_FOLDER + (isFile ? reference.get(0).path() : "")));
    }

    /** The recipe's own bytes. */
    public byte[] toBytes() {
        return EntryJson.toBytes(this);
    }

    /** The digest of {@link #toBytes()}. */
    public Digest digest() {
        return Digest.of(toBytes());
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
