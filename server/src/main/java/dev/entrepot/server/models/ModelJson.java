package dev.entrepot.server.models;

import dev.entrepot.zoo.catalogue.Search;
import dev.entrepot.zoo.catalogue.ValidationRun;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.catalogue.VersionSummary;
import dev.entrepot.zoo.entry.ModelName;
import dev.entrepot.zoo.entry.ModelRecord;
import dev.entrepot.zoo.entry.VersionFile;
import dev.entrepot.zoo.entry.VersionName;
import dev.entrepot.zoo.store.Digest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the API says of models; written by {@link dev.entrepot.zoo.entry.EntryJson}. */
final class ModelJson {

    private ModelJson() {}

    /** A version with all that is known of it. */
    record Whole(
            ModelName model,
            String version,
            Digest digest,
            Digest recipe,
            Instant published,
            String publishedBy,
            List<String> aliases,
            ModelRecord record,
            List<File> files,
            List<ValidationRun> validations,
            List<String> derived) {

        static Whole of(Version version, List<ValidationRun> validations, List<VersionName> derived) {
            return new Whole(
                    version.model(),
                    String.valueOf(version.number()),
                    version.digest(),
                    version.recipe(),
                    version.published(),
                    version.publishedBy(),
                    version.aliases(),
                    version.record(),
                    version.files().stream().map(file -> File.of(version, file)).toList(),
                    validations,
                    derived.stream().map(VersionName::toString).toList());
        }
    }

    /** A file and where it is. */
    record File(String path, Digest sha256, long bytes, String role, String href) {
        static File of(Version version, VersionFile file) {
            return new File(
                    file.path(), file.sha256(), file.bytes(), file.role().word(), Names.href(version, file));
        }
    }

    /** Part of what a search found. */
    record Page(long total, int limit, int offset, List<VersionSummary> models) {}

    /** The versions of a model. */
    record Versions(ModelName model, List<VersionSummary> versions) {}

    /** What can be chosen, by the facets' words. */
    record Options(Map<String, List<Search.Option>> facets, long leastParameters, long mostParameters) {
        static Options of(Search.FilterOptions options) {
            Map<String, List<Search.Option>> facets = new LinkedHashMap<>();
            options.options().forEach((facet, values) -> facets.put(facet.word(), values));
            return new Options(facets, options.leastParameters(), options.mostParameters());
        }
    }

    /** Where an alias is to point. */
    record AliasRequest(String version) {}
}
