package dev.entrepot.server.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.server.jobs.Outcome.Failure;
import dev.entrepot.validator.ValidationOptions;
import dev.entrepot.validator.Validator;
import dev.entrepot.validator.report.JsonReport;
import dev.entrepot.validator.report.Report;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.validator.run.ProviderChoice;
import dev.entrepot.validator.run.SessionOptions;
import dev.entrepot.zoo.convert.Conversion;
import dev.entrepot.zoo.convert.ConversionRequest;
import dev.entrepot.zoo.convert.Converter;
import dev.entrepot.zoo.entry.EntryJson;
import dev.entrepot.zoo.publish.Candidate;
import dev.entrepot.zoo.publish.Candidate.Prepared;
import dev.entrepot.zoo.recipe.ImportRequest;
import dev.entrepot.zoo.recipe.Made;
import dev.entrepot.zoo.recipe.Recipe;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The child process: does what the order in its folder says, tells how far it is, and leaves what it made in the folder. */
public final class Child {

    private static final int FAILED = 2;

    private final JobFolder folder;
    private final ChildOrder order;
    private final PrintStream out;

    private final Deadline deadline;

    private Child(JobFolder folder, ChildOrder order, PrintStream out, Deadline deadline) {
        this.folder = folder;
        this.order = order;
        this.out = out;
        this.deadline = deadline;
    }

    /** @param arguments the job's folder, and after how many milliseconds it should come to its end by itself */
    public static void main(String[] arguments) {
        // Whatever else prints must not come between the lines that the parent reads.
        PrintStream out = System.out;
        System.setOut(System.err);
        haltWithParent();
        JobFolder folder = new JobFolder(Path.of(arguments[0]));
        try {
            Deadline deadline = Deadline.ofThisThread(Long.parseLong(arguments[1]));
            ChildResult result = new Child(folder, folder.order(), out, deadline).result();
            deadline.end();
            folder.write(result);
            out.flush();
            System.exit(0);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            e.printStackTrace();
            System.exit(FAILED);
        }
    }

    /** The parent holds the other end of standard input, and does so until it dies. */
    private static void haltWithParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            continue;
                        }
                    } catch (IOException e) {
                        // As good as its end.
                    }
                    Runtime.getRuntime().halt(FAILED);
                },
                "parent");
        watch.setDaemon(true);
        watch.start();
    }

    private ChildResult result() throws IOException {
        try {
            Recipe recipe = order.recipe();
            if (recipe == null) {
                return validate();
            }
            return recipe.reference().isEmpty() ? convert(recipe) : prove(recipe);
        } catch (ModelException e) {
            Failure failure = Failures.of(e);
            return ChildResult.failed(
                    deadline.hasPassed() && failure.kind().equals("limit-exceeded")
                            ? new Failure("timeout", failure.detail(), failure.problems())
                            : failure);
        } catch (IllegalArgumentException e) {
            return ChildResult.failed(new Failure("malformed", String.valueOf(e.getMessage()), List.of()));
        } catch (StackOverflowError e) {
            return ChildResult.failed(new Failure(
                    "limit-exceeded", "the model is nested so deeply that the stack does not suffice", List.of()));
        }
    }

    private ChildResult prove(Recipe recipe) throws IOException {
        tell("convert", "converting " + names(recipe));
        Prepared prepared = Candidate.prepare(recipe.request(folder.in()), folder.out(), () -> {
            tell("validate", "comparing with the reference");
            return validator();
        });
        return new ChildResult(json(prepared.conversion()), true, null);
    }

    private ChildResult convert(Recipe recipe) throws IOException {
        tell("convert", "converting " + names(recipe));
        ImportRequest request = recipe.request(folder.in());
        Conversion conversion = Converter.convert(new ConversionRequest(
                request.sources(),
                request.framework(),
                request.options(),
                folder.out().resolve(Made.MODEL),
                request.externalData(),
                request.opset()));
        return new ChildResult(json(conversion), false, null);
    }

    private ChildResult validate() throws IOException {
        tell("validate", "comparing with the reference");
        Path references = folder.in().resolve(Recipe.REFERENCE_FOLDER);
        boolean isFile = order.reference().size() == 1
                && !order.reference().get(0).path().contains("/");
        Path reference = isFile ? references.resolve(order.reference().get(0).path()) : references;
        Report report =
                validator().validate(folder.in().resolve(JobFolder.MODEL).resolve(Made.MODEL), reference);
        folder.writeReport(JsonReport.of(report).getBytes(UTF_8));
        return new ChildResult(null, true, null);
    }

    private Validator validator() {
        ProviderChoice provider = ProviderChoice.valueOf(order.provider().toUpperCase(Locale.ROOT));
        return new Validator(
                OnnxRuntime.start(),
                ValidationOptions.DEFAULT.withSession(SessionOptions.DEFAULT.withProvider(provider)));
    }

    private static String names(Recipe recipe) {
        return String.join(
                ", ", recipe.sources().stream().map(Recipe.Source::path).toList());
    }

    /** The folder is nobody's business: the file is named as the outcome names it. */
    private static JsonNode json(Conversion conversion) {
        JsonNode tree = EntryJson.tree(EntryJson.toBytes(conversion));
        if (tree.path("model") instanceof ObjectNode model) {
            model.put("path", Made.MODEL);
        }
        return tree;
    }

    private void tell(String stage, String text) {
        out.println(EntryJson.toText(Map.of("$type", "progress", "stage", stage, "text", text)));
        out.flush();
    }
}
