package dev.entrepot.server.orders;

import dev.entrepot.server.jobs.JobOrder.Validation;
import dev.entrepot.server.web.FieldFaults;
import dev.entrepot.zoo.catalogue.Catalogue;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.entry.VersionFile;
import dev.entrepot.zoo.entry.VersionFile.Role;
import dev.entrepot.zoo.entry.VersionName;
import dev.entrepot.zoo.recipe.ConverterVersion;
import dev.entrepot.zoo.recipe.Made;
import dev.entrepot.zoo.recipe.Recipe;
import dev.entrepot.zoo.recipe.Recipe.Source;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From bodies to orders of validations. */
@Singleton
final class ValidationOrders {

    private static final String DATA = ".data";

    private final Orders orders;
    private final KnownFiles files;
    private final Catalogue catalogue;

    ValidationOrders(Orders orders, KnownFiles files, Catalogue catalogue) {
        this.orders = orders;
        this.files = files;
        this.catalogue = catalogue;
    }

    /**
     * The order that a body asks for.
     *
     * @throws dev.entrepot.server.web.ProblemException with all that is wrong with it
     * @throws IOException if the store or the database fails
     */
    Validation validation(ValidationBody body, String caller) throws IOException {
        FieldFaults faults = new FieldFaults();
        String provider = provider(body, faults);
        if (body.model() == null == Orders.listed(body.files()).isEmpty()) {
            faults.add("", "either model or files is expected");
        }
        Optional<Version> version = body.model() == null ? Optional.empty() : version(body.model(), faults);
        List<Source> model =
                version.isPresent() ? model(version.get()) : model(Orders.listed(body.files()), caller, faults);
        List<Source> reference = orders.reference(Orders.listed(body.reference()), caller, faults);
        if (reference.isEmpty() && version.isPresent()) {
            reference = reference(version.get());
        }
        if (reference.isEmpty() && faults.isEmpty()) {
            faults.add("reference", "is missing: files are validated against the outputs that are expected of them");
        }
        faults.throwIfAny();
        return new Validation(
                ConverterVersion.current(),
                version.map(found -> found.name().toString()).orElse(""),
                model,
                reference,
                provider);
    }

    private static String provider(ValidationBody body, FieldFaults faults) {
        String provider = body.provider() == null ? "auto" : body.provider();
        switch (provider) {
            case "auto", "cpu" -> {
                return "cpu";
            }
            case "cuda" -> {
                return "cuda";
            }
            default -> {
                faults.add("provider", "auto, cpu or cuda is expected, found \"" + provider + "\"");
                return "cpu";
            }
        }
    }

    private Optional<Version> version(String text, FieldFaults faults) throws IOException {
        try {
            Optional<Version> version = catalogue.find(VersionName.parse(text));
            if (version.isEmpty()) {
                faults.add("model", "there is no version " + text);
            }
            return version;
        } catch (IllegalArgumentException e) {
            faults.add("model", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static List<Source> model(Version version) {
        return version.files().stream()
                .filter(file -> file.role() == Role.MODEL || file.role() == Role.EXTERNAL_DATA)
                .map(file -> new Source(file.path(), "", file.sha256()))
                .toList();
    }

    private static List<Source> reference(Version version) {
        return version.files().stream()
                .filter(file -> file.role() == Role.REFERENCE)
                .map(ValidationOrders::referenced)
                .toList();
    }

    private static Source referenced(VersionFile file) {
        return new Source(file.path().substring(Recipe.REFERENCE_FOLDER.length()), "", file.sha256());
    }

    /** External data is found by the name that the model says, so only the model's own name may be another. */
    private List<Source> model(List<FileBody> named, String caller, FieldFaults faults) throws IOException {
        List<Source> model = new ArrayList<>();
        for (Source file : files.find(named, "files", caller, faults)) {
            if (file.path().contains("/") || !file.expression().isEmpty()) {
                faults.add("files", "\"" + file.path() + "\": a file without folders and expression is expected");
            }
            boolean isData = file.path().endsWith(DATA);
            model.add(isData ? file : new Source(Made.MODEL, "", file.sha256()));
        }
        long models =
                model.stream().filter(file -> file.path().equals(Made.MODEL)).count();
        if (!named.isEmpty() && (models != 1 || model.size() > 2) && faults.isEmpty()) {
            faults.add("files", "one .onnx is expected, and perhaps its .data");
        }
        return model;
    }
}
