package dev.entrepot.zoo.catalogue;

import dev.entrepot.zoo.catalogue.ValidationRun.Metric;
import dev.entrepot.zoo.entry.EntryJson;
import dev.entrepot.zoo.entry.Manifest;
import dev.entrepot.zoo.entry.ModelName;
import dev.entrepot.zoo.entry.Selector;
import dev.entrepot.zoo.entry.VersionName;
import dev.entrepot.zoo.store.Digest;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Models and their versions. Methods that change something take who does it, for the audit.
 *
 * <p>All methods throw {@link DatabaseException} if the database fails; changes {@link dev.entrepot.zoo.store.StoreFullException} if its disk is
 * full.
 */
public final class Catalogue {

    private static final String VERSION = "select v.*, n.name as namespace, m.name as model" + Searching.VERSIONS;

    private final Database database;
    private final Clock clock;

    /**
     * @param database where it is kept
     * @param clock tells when something happens
     */
    public Catalogue(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Publishes a version, in one transaction. Where the model has a version with the same manifest already, that one is given, and only the
     * aliases are moved. Its blobs must have been put or kept in the store just before.
     */
    public Version publish(NewVersion version, String actor) throws IOException {
        return database.writeRepeatable(transaction -> {
            long id = writer(transaction, actor).publish(version);
            return versions(transaction, " where v.id = ?", id).get(0);
        });
    }

    /**
     * A version.
     *
     * @throws NoSuchVersionException if there is none, or no longer
     */
    public Version get(VersionName name) throws IOException {
        return database.read(transaction -> require(transaction, name));
    }

    /** A version, if it is there. */
    public Optional<Version> find(VersionName name) throws IOException {
        return database.read(transaction -> found(transaction, name));
    }

    /** The versions of a model, the newest first; none if there is no such model. */
    public List<VersionSummary> versions(ModelName name) throws IOException {
        return database.read(transaction -> transaction.query(
                Searching.SUMMARY + Searching.VERSIONS
                        + " where n.name = ? and m.name = ? and v.removed is null order by v.number desc",
                Searching::summary,
                name.namespace(),
                name.name()));
    }

    /** The versions of a model, removed ones too, that were made by a recipe. */
    public boolean knowsRecipe(ModelName name, Digest recipe) throws IOException {
        return database.read(transaction -> transaction
                .first(
                        "select v.id" + Searching.VERSIONS + " where n.name = ? and m.name = ? and v.recipe = ?",
                        row -> row.getLong(1),
                        name.namespace(),
                        name.name(),
                        recipe.hex())
                .isPresent());
    }

    /** Searches among the newest versions. */
    public Search.Found search(Search search) throws IOException {
        return database.read(transaction -> Searching.find(transaction, search));
    }

    /** What could be chosen; each facet's counts disregard what was chosen of it. */
    public Search.FilterOptions filterOptions(Search search) throws IOException {
        return database.read(transaction -> Searching.options(transaction, search));
    }

    /**
     * Moves an alias, or makes it.
     *
     * @throws NoSuchVersionException if there is no such version
     * @throws IllegalArgumentException if it is {@code latest}, which moves by itself
     */
    public void point(Selector.Alias alias, VersionName to, String actor) throws IOException {
        requireFree(alias);
        database.write(transaction -> {
            VersionWriter writer = writer(transaction, actor);
            long model = writer.locked(to.model()).orElseThrow(() -> NoSuchVersionException.unknown(to));
            Version version = require(transaction, to);
            writer.point(model, alias.name(), version.id());
            writer.audit("alias", to.model() + "@" + alias, version.name().toString());
            return model;
        });
    }

    /** Deletes an alias and tells whether it was there. */
    public boolean unpoint(ModelName model, Selector.Alias alias, String actor) throws IOException {
        requireFree(alias);
        return database.write(transaction -> {
            VersionWriter writer = writer(transaction, actor);
            Optional<Long> locked = writer.locked(model);
            boolean gone = locked.isPresent()
                    && transaction.update(
                                    "delete from alias where model_id = ? and name = ?", locked.get(), alias.name())
                            > 0;
            if (gone) {
                writer.audit("unalias", model + "@" + alias, "");
            }
            return gone;
        });
    }

    /**
     * Removes a version. Its name stays taken and tells that it was removed; its blobs go when garbage is collected.
     *
     * @throws NoSuchVersionException if there is none
     * @throws VersionInUseException if an alias other than {@code latest} points to it
     */
    public void remove(VersionName name, String actor) throws IOException {
        database.write(transaction -> {
            VersionWriter writer = writer(transaction, actor);
            long model = writer.locked(name.model()).orElseThrow(() -> NoSuchVersionException.unknown(name));
            Version version = require(transaction, name);
            List<String> aliases = version.aliases().stream()
                    .filter(alias -> !alias.equals("latest"))
                    .toList();
            if (!aliases.isEmpty()) {
                throw new VersionInUseException(version.name(), aliases);
            }
            writer.remove(model, version.id());
            writer.audit("remove", version.name().toString(), version.digest().toString());
            return version;
        });
    }

    /**
     * Removes all versions of a model and its aliases.
     *
     * @return how many versions there were
     * @throws NoSuchVersionException if there are none
     */
    public int removeAll(ModelName name, String actor) throws IOException {
        return database.write(transaction -> {
            VersionWriter writer = writer(transaction, actor);
            VersionName latest = new VersionName(name, Selector.LATEST);
            long model = writer.locked(name).orElseThrow(() -> NoSuchVersionException.unknown(latest));
            List<Long> versions = transaction.query(
                    "select id from version where model_id = ? and removed is null order by number",
                    row -> row.getLong("id"),
                    model);
            if (versions.isEmpty()) {
                throw NoSuchVersionException.removed(latest);
            }
            for (long version : versions) {
                writer.remove(model, version);
            }
            writer.audit("remove", name.toString(), versions.size() + " versions");
            return versions.size();
        });
    }

    /** Adds a validation to a version; it may have failed. Its report must have been put in the store just before. */
    public void addValidation(Version version, ValidationRun run, String actor) throws IOException {
        database.write(transaction -> {
            VersionWriter writer = writer(transaction, actor);
            writer.locked(version.model());
            require(transaction, version.name());
            writer.validated(version.id(), run);
            writer.audit("validate", version.name().toString(), run.verdict());
            return run;
        });
    }

    /** The validations of a version, the newest first. */
    public List<ValidationRun> validations(Version version) throws IOException {
        return database.read(transaction -> {
            List<ValidationRun> runs = new ArrayList<>();
            for (long id : transaction.query(
                    "select id from validation_run where version_id = ? order by id desc",
                    row -> row.getLong("id"),
                    version.id())) {
                List<Metric> metrics = transaction.query(
                        "select * from metric where run_id = ? order by data_set, output, name", Catalogue::metric, id);
                runs.addAll(transaction.query(
                        "select r.*, v.model_sha256 from validation_run r join version v on v.id = r.version_id"
                                + " where r.id = ?",
                        row -> run(row, metrics),
                        id));
            }
            return runs;
        });
    }

    /** The versions that say they were made from this one or from this file. */
    public List<VersionName> madeFrom(String target) throws IOException {
        return database.read(transaction -> transaction.query(
                "select n.name as namespace, m.name as model, v.number" + Searching.VERSIONS
                        + " join edge e on e.version_id = v.id where e.target = ? and v.removed is null"
                        + " order by n.name, m.name, v.number",
                row -> new VersionName(model(row), new Selector.Number(row.getInt("number"))),
                target));
    }

    /**
     * Keeps blobs from being collected, beside what versions need.
     *
     * @param holder who needs them, such as {@code job/1234}
     * @param until until when; null for until {@linkplain #release released}
     */
    public void hold(String holder, Set<Digest> blobs, @Nullable Instant until) throws IOException {
        database.writeRepeatable(transaction -> {
            for (Digest blob : new TreeSet<>(blobs)) {
                transaction.update("delete from blob_hold where digest = ? and holder = ?", blob.hex(), holder);
                transaction.update(
                        "insert into blob_hold (digest, holder, expires) values (?, ?, ?)", blob.hex(), holder, until);
            }
            return blobs;
        });
    }

    /** Ends what {@link #hold} began for this holder. */
    public void release(String holder) throws IOException {
        database.writeRepeatable(transaction -> transaction.update("delete from blob_hold where holder = ?", holder));
    }

    /** All blobs that versions, reports and holders need now. */
    public Set<Digest> neededBlobs() throws IOException {
        return database.read(transaction -> new TreeSet<>(transaction.query(
                "select digest from version_file"
                        + " union select manifest from version where removed is null"
                        + " union select recipe from version where removed is null"
                        + " union select report from validation_run"
                        + " union select digest from blob_hold where expires is null or expires > ?",
                row -> new Digest(row.getString(1)),
                clock.instant())));
    }

    /** The digests of all versions' manifests, with their names. */
    public List<VersionName> allVersions() throws IOException {
        return database.read(transaction -> transaction.query(
                "select n.name as namespace, m.name as model, v.number" + Searching.VERSIONS
                        + " where v.removed is null order by n.name, m.name, v.number",
                row -> new VersionName(model(row), new Selector.Number(row.getInt("number")))));
    }

    /** Notes what was done elsewhere. */
    public void audit(String actor, String deed, String subject, String detail) throws IOException {
        database.write(transaction -> {
            writer(transaction, actor).audit(deed, subject, detail);
            return actor;
        });
    }

    /** What was done last, the newest first; a subject that begins so, or all for the empty one. */
    public List<AuditEntry> trail(String subject, int limit) throws IOException {
        return database.read(transaction -> transaction.query(
                "select * from audit where subject like ? escape '!' order by id desc fetch first " + Math.max(1, limit)
                        + " rows only",
                row -> new AuditEntry(
                        Transaction.instant(row, "happened"),
                        row.getString("actor"),
                        row.getString("deed"),
                        row.getString("subject"),
                        row.getString("detail")),
                Searching.escaped(subject) + "%"));
    }

    private VersionWriter writer(Transaction transaction, String actor) {
        return new VersionWriter(transaction, clock.instant(), actor);
    }

    private static void requireFree(Selector.Alias alias) {
        if (alias.equals(Selector.LATEST)) {
            throw new IllegalArgumentException("the alias \"latest\" moves by itself");
        }
    }

    private static Version require(Transaction transaction, VersionName name) throws SQLException, IOException {
        Optional<Version> version = found(transaction, name);
        if (version.isPresent()) {
            return version.get();
        }
        boolean removed = transaction
                .first(
                        "select v.id" + Searching.VERSIONS
                                + " where n.name = ? and m.name = ? and v.removed is not null"
                                + " and (cast(v.number as varchar(20)) = ? or v.manifest = ? or ? = 'latest')",
                        row -> row.getLong(1),
                        name.model().namespace(),
                        name.model().name(),
                        name.selector().toString(),
                        name.selector() instanceof Selector.Manifested manifested
                                ? manifested.digest().hex()
                                : "",
                        name.selector().toString())
                .isPresent();
        throw removed ? NoSuchVersionException.removed(name) : NoSuchVersionException.unknown(name);
    }

    private static Optional<Version> found(Transaction transaction, VersionName name) throws SQLException {
        String of = " where n.name = ? and m.name = ? and v.removed is null and ";
        String namespace = name.model().namespace();
        String model = name.model().name();
        List<Version> found;
        if (name.selector() instanceof Selector.Number number) {
            found = versions(transaction, of + "v.number = ?", namespace, model, number.number());
        } else if (name.selector() instanceof Selector.Manifested manifested) {
            found = versions(
                    transaction,
                    of + "v.manifest = ? order by v.number",
                    namespace,
                    model,
                    manifested.digest().hex());
        } else {
            found = versions(
                    transaction,
                    of + "v.id = (select a.version_id from alias a where a.model_id = m.id and a.name = ?)",
                    namespace,
                    model,
                    name.selector().toString());
        }
        return found.stream().findFirst();
    }

    private static List<Version> versions(Transaction transaction, String where, Object... arguments)
            throws SQLException {
        List<Version> bare = transaction.query(VERSION + where, Catalogue::version, arguments);
        List<Version> whole = new ArrayList<>();
        for (Version version : bare) {
            List<String> aliases = transaction.query(
                    "select name from alias where version_id = ? order by name", row -> row.getString(1), version.id());
            whole.add(version.withAliases(aliases));
        }
        return whole;
    }

    private static Version version(ResultSet row) throws SQLException {
        return new Version(
                row.getLong("id"),
                model(row),
                row.getInt("number"),
                new Digest(row.getString("manifest")),
                new Digest(row.getString("recipe")),
                Transaction.instant(row, "published"),
                row.getString("published_by"),
                List.of(),
                EntryJson.read(row.getString("content"), Manifest.class));
    }

    private static ModelName model(ResultSet row) throws SQLException {
        return new ModelName(row.getString("namespace"), row.getString("model"));
    }

    private static Metric metric(ResultSet row) throws SQLException {
        return new Metric(
                row.getString("data_set"), row.getString("output"), row.getString("name"), row.getDouble("amount"));
    }

    private static ValidationRun run(ResultSet row, List<Metric> metrics) throws SQLException {
        return new ValidationRun(
                Transaction.instant(row, "created"),
                row.getString("verdict"),
                row.getString("reason"),
                row.getString("provider"),
                row.getString("runtime"),
                row.getString("isolation"),
                new Digest(row.getString("model_sha256")),
                new Digest(row.getString("report")),
                metrics);
    }
}
