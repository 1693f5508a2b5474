package dev.entrepot.zoo.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.entrepot.bytes.AtomicFile;
import dev.entrepot.validator.Validator;
import dev.entrepot.validator.report.JsonReport;
import dev.entrepot.validator.report.Report;
import dev.entrepot.zoo.convert.Conversion;
import dev.entrepot.zoo.entry.EntryJson;
import dev.entrepot.zoo.entry.ModelCard;
import dev.entrepot.zoo.entry.ModelRecord;
import dev.entrepot.zoo.entry.ModelRecord.Source;
import dev.entrepot.zoo.entry.ModelRecord.SourceFile;
import dev.entrepot.zoo.entry.VersionFile;
import dev.entrepot.zoo.entry.VersionFile.Role;
import dev.entrepot.zoo.recipe.ImportRequest;
import dev.entrepot.zoo.recipe.Made;
import dev.entrepot.zoo.recipe.Made.MadeFile;
import dev.entrepot.zoo.recipe.Recipe;
import dev.entrepot.zoo.store.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A model that has been converted and validated, and may be published. It lies in a folder: the files it is made of, {@value #DESCRIPTION} and
 * {@value #REPORT}.
 *
 * @param folder where it lies
 * @param record what is known of it; its card is empty
 * @param recipe how it was made
 * @param files the files that were made
 * @param report the validation report, as JSON; it need not have passed
 */
public record Candidate(Path folder, ModelRecord record, Recipe recipe, List<MadeFile> files, byte[] report) {

    private static final String DESCRIPTION = "candidate.json";
    private static final String REPORT = "report.json";
    private static final long LONGEST = 256L << 20;
    private static final Set<Role> MADE = Set.of(Role.MODEL, Role.EXTERNAL_DATA, Role.TEST_DATA);

    /** @throws IllegalArgumentException if a file is said to be something that is not made, or two have one path */
    public Candidate {
        files = List.copyOf(files);
        if (!MADE.containsAll(files.stream().map(MadeFile::role).toList())
                || files.stream().map(MadeFile::path).distinct().count() < files.size()) {
            throw new IllegalArgumentException("the files of a candidate are " + files);
        }
    }

    /**
     * A candidate with what is told to whoever waits for it.
     *
     * @param candidate the candidate
     * @param conversion what the converter says
     * @param report what the validator says
     */
    public record Prepared(Candidate candidate, Conversion conversion, Report report) {}

    private record Description(ModelRecord record, Recipe recipe, List<MadeFile> files) {}

    /**
     * Converts a model in an empty folder, writes its reference beside it in the layout of ONNX's own tests, and validates it.
     *
     * @throws dev.entrepot.bytes.ModelException if the model is refused, or the reference does not fit it
     * @throws IOException if a file cannot be read or written
     */
    public static Prepared prepare(ImportRequest request, Path folder, Validator validator) throws IOException {
        return prepare(request, folder, () -> validator);
    }

    /**
     * As {@link #prepare(ImportRequest, Path, Validator)}.
     *
     * @param validator what validates; asked for once the model has been converted
     */
    public static Prepared prepare(ImportRequest request, Path folder, Supplier<Validator> validator)
            throws IOException {
        Made made = Made.in(Files.createDirectories(folder), request);
        Report report = validator.get().validate(folder.resolve(Made.MODEL), request.reference());
        Candidate candidate = new Candidate(
                folder,
                record(made),
                made.recipe(),
                made.files(),
                JsonReport.of(report).getBytes(UTF_8));
        write(folder.resolve(REPORT), candidate.report);
        write(
                folder.resolve(DESCRIPTION),
                EntryJson.toBytes(new Description(candidate.record, candidate.recipe, candidate.files)));
        return new Prepared(candidate, made.conversion(), report);
    }

    /**
     * Reads what {@link #prepare} left in a folder, perhaps in another process. Nothing outside the folder is read, whatever it says.
     *
     * @throws IOException if the files are not there, or are not what they should be
     */
    public static Candidate read(Path folder) throws IOException {
        try {
            Description description = EntryJson.read(bytes(folder, DESCRIPTION), Description.class);
            return new Candidate(
                    folder, description.record, description.recipe, description.files, bytes(folder, REPORT));
        } catch (IllegalArgumentException e) {
            throw new IOException("the candidate in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** This candidate by another account of how it was made, for whoever knows that better than its folder. */
    public Candidate withRecipe(Recipe known) {
        return new Candidate(folder, record, known, files, report);
    }

    /** A file that was made: a plain one, in the folder. */
    public Path file(MadeFile file) throws IOException {
        return plain(folder, file.path());
    }

    private static ModelRecord record(Made made) throws IOException {
        Conversion conversion = made.conversion();
        List<SourceFile> files = conversion.source().files().stream()
                .map(file -> new SourceFile(file.name(), new Digest(file.sha256())))
                .toList();
        return new ModelRecord(
                ModelCard.EMPTY,
                new Source(conversion.source().framework(), conversion.source().format(), files),
                OnnxFacts.of(conversion),
                conversion.warnings(),
                conversion.approximations(),
                conversion.dropped());
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        AtomicFile.write(file, out -> {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                out.write(left);
            }
        });
    }

    private static byte[] bytes(Path folder, String path) throws IOException {
        Path file = plain(folder, path);
        if (Files.size(file) > LONGEST) {
            throw new IOException(path + " has " + Files.size(file) + " bytes, the limit is " + LONGEST);
        }
        return Files.readAllBytes(file);
    }

    private static Path plain(Path folder, String path) throws IOException {
        VersionFile.requirePath(path);
        Path file = folder;
        for (String part : path.split("/")) {
            file = file.resolve(part);
            if (Files.isSymbolicLink(file)) {
                throw new IOException(path + " is a link");
            }
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(file.toString());
        }
        return file;
    }
}
