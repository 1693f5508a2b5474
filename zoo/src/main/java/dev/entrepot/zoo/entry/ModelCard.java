package dev.entrepot.zoo.entry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people say about a model. Whatever they leave out is empty.
 *
 * @param title a line
 * @param description Markdown, a stranger's text
 * @param task what it is for, in Open Model Zoo's words, such as {@code classification} or {@code semantic_segmentation}
 * @param licence an SPDX expression, {@code NOASSERTION} where nobody says
 * @param tags further words to find it by
 * @param preprocessing what is done to an image before it is an input, in order
 * @param labels the classes' names by index
 * @param references where to read more
 * @param lineage what it was made from
 * @param extraPorts values inside the graph that are worth having, such as an embedding
 */
public record ModelCard(
        String title,
        String description,
        String task,
        String licence,
        List<String> tags,
        List<PreprocessingStep> preprocessing,
        List<String> labels,
        List<Link> references,
        List<Lineage> lineage,
        List<String> extraPorts) {

    /** SPDX's word where nobody says. */
    public static final String NO_LICENCE = "NOASSERTION";

    /** Nothing is said. */
    public static final ModelCard EMPTY = new ModelCard(null, null, null, null, null, null, null, null, null, null);

    /** What is left out becomes empty. */
    public ModelCard(
            @Nullable String title,
            @Nullable String description,
            @Nullable String task,
            @Nullable String licence,
            @Nullable List<String> tags,
            @Nullable List<PreprocessingStep> preprocessing,
            @Nullable List<String> labels,
            @Nullable List<Link> references,
            @Nullable List<Lineage> lineage,
            @Nullable List<String> extraPorts) {
        this.title = title == null ? "" : title;
        this.description = description == null ? "" : description;
        this.task = task == null ? "" : task;
        this.licence = licence == null || licence.isBlank() ? NO_LICENCE : licence;
        this.tags = tags == null ? List.of() : List.copyOf(tags);
        this.preprocessing = preprocessing == null ? List.of() : List.copyOf(preprocessing);
        this.labels = labels == null ? List.of() : List.copyOf(labels);
        this.references = references == null ? List.of() : List.copyOf(references);
        this.lineage = lineage == null ? List.of() : List.copyOf(lineage);
        this.extraPorts = extraPorts == null ? List.of() : List.copyOf(extraPorts);
    }

    /** This card with a licence. */
    public ModelCard withLicence(String spdx) {
        return new ModelCard(
                title, description, task, spdx, tags, preprocessing, labels, references, lineage, extraPorts);
    }

    /**
     * Somewhere to read more.
     *
     * @param title what it is
     * @param url where
     */
    public record Link(String title, String url) {}

    /**
     * What a version was made from.
     *
     * @param kind how: {@code converted_from}, {@code exported_from}, {@code quantized_from}, {@code fine_tuned_from}, {@code same_as}
     * @param target a version's name, or {@code sha256:...} of a file that came in
     */
    public record Lineage(String kind, String target) {}
}
