package dev.entrepot.server.portal;

import dev.entrepot.server.models.Names;
import dev.entrepot.zoo.catalogue.ValidationRun;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.catalogue.VersionSummary;
import dev.entrepot.zoo.convert.Conversion.Port;
import dev.entrepot.zoo.entry.ModelCard;
import dev.entrepot.zoo.entry.ModelRecord.Facts;
import dev.entrepot.zoo.entry.PreprocessingStep;
import dev.entrepot.zoo.entry.VersionFile;
import dev.entrepot.zoo.entry.VersionFile.Role;
import dev.entrepot.zoo.entry.VersionName;
import dev.entrepot.zoo.recipe.Recipe;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A version of a model.
 *
 * @param address the server's own address
 * @param version the version
 * @param others all versions of the model, the newest first
 * @param description what the card says, as HTML that is safe
 * @param validations its validations, the newest first
 * @param report the newest one in full; empty if its report cannot be read
 * @param recipe how it was made; empty if that cannot be read
 * @param derived the versions that were made from it
 * @param trial how to try it, if that can be done in a page
 */
public record ModelPage(
        String address,
        Version version,
        List<VersionSummary> others,
        String description,
        List<ValidationRun> validations,
        Optional<ReportView> report,
        Optional<Recipe> recipe,
        List<VersionName> derived,
        Optional<Trial> trial) {

    /** What the card says. */
    public ModelCard card() {
        return version.record().card();
    }

    /** What the file says. */
    public Facts facts() {
        return version.record().facts();
    }

    /** The title, or the name where there is none. */
    public String title() {
        return card().title().isBlank() ? version.model().name() : card().title();
    }

    /** What the newest validation came to; empty if there is none. */
    public String verdict() {
        return validations.isEmpty() ? "" : validations.get(0).verdict();
    }

    /** Where this version's page is. */
    public String here() {
        return "/models/" + version.model() + "/versions/" + version.number();
    }

    /** Where it is run. */
    public String infer() {
        return "/v2/models/" + version.model() + "/versions/" + version.number() + "/infer";
    }

    /** The model's file. */
    public Optional<VersionFile> model() {
        return version.files().stream()
                .filter(file -> file.role() == Role.MODEL)
                .findFirst();
    }

    /** Where a file is got. */
    public String href(VersionFile file) {
        return Names.href(version, file);
    }

    /** Netron, with the model's address. Weights beside the file are found by it through the same folder. */
    public String netron() {
        return "https://netron.app/?url="
                + URLEncoder.encode(address + model().map(this::href).orElse(""), StandardCharsets.UTF_8);
    }

    /** The operators, the most frequent first. */
    public List<Map.Entry<String, Long>> operators() {
        return facts().operators().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    /** A port's shape, {@code [N, 3, ?, 224]}. */
    public String shape(Port port) {
        return port.shape() == null
                ? "any"
                : port.shape().stream()
                        .map(size -> size == null ? "?" : size.toString())
                        .collect(Collectors.joining(", ", "[", "]"));
    }

    /** A step on the way to an input: {@code resize (size 8)}. */
    public String step(PreprocessingStep step) {
        return step.type()
                + (step.parameters().isEmpty()
                        ? ""
                        : step.parameters().entrySet().stream()
                                .map(entry -> entry.getKey() + " " + entry.getValue())
                                .collect(Collectors.joining(", ", " (", ")")));
    }

    /** What is given away about the licence. */
    public String licence() {
        return card().licence().equals(ModelCard.NO_LICENCE) ? "Nobody says" : card().licence();
    }

    /** A link's address if it is one of the web; else empty. */
    public String web(String url) {
        return url.startsWith("https://") || url.startsWith("http://") ? url : "";
    }

    /** How a validation was kept apart, in words. */
    public String isolation(String word) {
        return switch (word) {
            case "sandbox" -> "in a sandbox: a process of its own without network, that sees its own files only";
            case "process" -> "in a process of its own with limits";
            default -> "in the server's own process";
        };
    }
}
