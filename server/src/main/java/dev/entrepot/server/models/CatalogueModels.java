package dev.entrepot.server.models;

import dev.entrepot.server.images.CardPreparation;
import dev.entrepot.server.inference.ImagePreparation;
import dev.entrepot.server.inference.ServedModel;
import dev.entrepot.server.inference.ServedModels;
import dev.entrepot.server.sessions.LoadableModel;
import dev.entrepot.validator.run.RunnableModel;
import dev.entrepot.validator.run.ServingSession;
import dev.entrepot.zoo.WorkFolder;
import dev.entrepot.zoo.Zoo;
import dev.entrepot.zoo.catalogue.Search;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.catalogue.VersionSummary;
import dev.entrepot.zoo.entry.ModelCard;
import dev.entrepot.zoo.entry.ModelName;
import dev.entrepot.zoo.entry.Selector;
import dev.entrepot.zoo.entry.VersionFile;
import dev.entrepot.zoo.entry.VersionFile.Role;
import dev.entrepot.zoo.entry.VersionName;
import dev.entrepot.zoo.store.OpenBlob;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The catalogue's models as things to run.
 *
 * <p>What a name means is remembered for a quarter of a second: asking the catalogue takes longer than many a model runs.
 */
@Singleton
final class CatalogueModels implements ServedModels {

    private static final Duration REMEMBERED = Duration.ofMillis(250);
    private static final int MOST_REMEMBERED = 10_000;

    private final Zoo zoo;
    private final Map<List<String>, Remembered> remembered = new ConcurrentHashMap<>();

    /** What a name meant, and until when nobody asks again. */
    private record Remembered(ServedModel model, long until) {
        boolean isFresh() {
            return until - System.nanoTime() > 0;
        }
    }

    CatalogueModels(Zoo zoo) {
        this.zoo = zoo;
    }

    @Override
    public List<Listing> list() throws IOException {
        return summaries().stream()
                .map(summary -> new Listing(summary.model().toString(), String.valueOf(summary.number())))
                .toList();
    }

    @Override
    public Optional<ServedModel> find(String name, Optional<String> version) throws IOException {
        List<String> key = List.of(name, version.orElse(""));
        Remembered known = remembered.get(key);
        if (known != null && known.isFresh()) {
            return Optional.of(known.model());
        }
        Optional<ServedModel> asked = ask(name, version);
        if (remembered.size() >= MOST_REMEMBERED) {
            remembered.clear();
        }
        asked.ifPresentOrElse(
                model -> remembered.put(key, new Remembered(model, System.nanoTime() + REMEMBERED.toNanos())),
                () -> remembered.remove(key));
        return asked;
    }

    private Optional<ServedModel> ask(String name, Optional<String> version) throws IOException {
        Optional<VersionName> wanted = name(name, version);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        Optional<Version> found = zoo.catalogue().find(wanted.get());
        return found.isEmpty() ? Optional.empty() : Optional.of(served(found.get()));
    }

    private Optional<VersionName> name(String name, Optional<String> version) throws IOException {
        try {
            Selector selector = version.map(Selector::parse).orElse(Selector.LATEST);
            if (name.contains("/")) {
                VersionName whole = VersionName.parse(name);
                return Optional.of(version.isPresent() ? new VersionName(whole.model(), selector) : whole);
            }
            List<ModelName> named = summaries().stream()
                    .map(VersionSummary::model)
                    .filter(model -> model.name().equals(name))
                    .toList();
            return named.size() == 1 ? Optional.of(new VersionName(named.get(0), selector)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private List<VersionSummary> summaries() throws IOException {
        List<VersionSummary> all = new ArrayList<>();
        Search.Found page;
        do {
            page = zoo.catalogue().search(Search.ALL.page(Search.MOST, all.size()));
            all.addAll(page.versions());
        } while (all.size() < page.total() && !page.versions().isEmpty());
        return all;
    }

    private ServedModel served(Version version) throws IOException {
        List<VersionFile> files = version.files().stream()
                .filter(file -> file.role() == Role.MODEL || file.role() == Role.EXTERNAL_DATA)
                .toList();
        long bytes = files.stream().mapToLong(VersionFile::bytes).sum();
        LoadableModel loadable = new LoadableModel(version.digest().hex(), bytes, load -> load(files, load));
        List<String> versions = zoo.catalogue().versions(version.model()).stream()
                .map(summary -> String.valueOf(summary.number()))
                .toList();
        return new ServedModel(
                version.model().toString(),
                String.valueOf(version.number()),
                versions,
                loadable,
                version.record().card().labels(),
                image(version.record().card()));
    }

    private static ImagePreparation image(ModelCard card) {
        return card.preprocessing().isEmpty() ? ImagePreparation.NONE : new CardPreparation(card.preprocessing());
    }

    private ServingSession load(List<VersionFile> files, Function<RunnableModel, ServingSession> load)
            throws IOException {
        VersionFile main = files.stream()
                .filter(file -> file.role() == Role.MODEL)
                .findFirst()
                .orElseThrow(() -> new IOException("a version has no model"));
        if (files.size() == 1) {
            try (OpenBlob blob = zoo.blobs().open(main.sha256());
                    RunnableModel model = RunnableModel.of(blob)) {
                return load.apply(model);
            }
        }
        try (WorkFolder work = zoo.workFolder()) {
            for (VersionFile file : files) {
                Path target = work.path().resolve(file.path());
                Files.createDirectories(target.toAbsolutePath().getParent());
                zoo.blobs().copyTo(file.sha256(), target);
            }
            try (RunnableModel model = RunnableModel.open(work.path().resolve(main.path()))) {
                return load.apply(model);
            }
        }
    }
}
