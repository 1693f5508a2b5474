package dev.entrepot.zoo.catalogue;

import static dev.entrepot.zoo.catalogue.Columns.fit;

import dev.entrepot.zoo.catalogue.ValidationRun.Metric;
import dev.entrepot.zoo.entry.EntryJson;
import dev.entrepot.zoo.entry.ModelName;
import dev.entrepot.zoo.entry.ModelRecord;
import dev.entrepot.zoo.entry.Selector;
import dev.entrepot.zoo.entry.VersionFile;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes of versions and what hangs on them, within one transaction. */
final class VersionWriter {

    private final Transaction transaction;
    private final Instant now;
    private final String actor;

    VersionWriter(Transaction transaction, Instant now, String actor) {
        this.transaction = transaction;
        this.now = now;
        this.actor = fit(actor, 200);
    }

    /** The id of the version, which may have been there. */
    long publish(NewVersion wanted) throws SQLException {
        long model = lockedOrNew(wanted.model());
        Optional<Long> same = transaction.first(
                "select id from version where model_id = ? and manifest = ? and removed is null",
                row -> row.getLong("id"),
                model,
                wanted.content().digest().hex());
        long version = same.isPresent() ? same.get() : insert(model, wanted);
        for (Selector.Alias alias : wanted.aliases()) {
            point(model, alias.name(), version);
        }
        return version;
    }

    private long insert(long model, NewVersion wanted) throws SQLException {
        int number = transaction
                        .first("select last_number from model where id = ?", row -> row.getInt(1), model)
                        .orElseThrow()
                + 1;
        transaction.update("update model set last_number = ? where id = ?", number, model);
        long version = insertVersion(model, number, wanted);
        insertFiles(version, wanted);
        validated(version, wanted.validation());
        point(model, "latest", version);
        audit(
                "publish",
                wanted.model() + "@" + number,
                wanted.content().digest().toString());
        return version;
    }

    private long insertVersion(long model, int number, NewVersion wanted) throws SQLException {
        ModelRecord record = wanted.content().record();
        return transaction.insert(
                "insert into version (model_id, number, manifest, recipe, published, published_by, title, framework,"
                        + " format, licence, task, model_sha256, model_bytes, opset, ir_version, nodes, parameters,"
                        + " words, content) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                model,
                number,
                wanted.content().digest().hex(),
                wanted.recipe().hex(),
                now,
                actor,
                fit(record.card().title(), 1000),
                fit(record.source().framework(), 100),
                fit(record.source().format(), 1000),
                fit(record.card().licence(), 1000),
                fit(record.card().task(), 200),
                record.facts().sha256().hex(),
                record.facts().bytes(),
                record.facts().opset(),
                record.facts().irVersion(),
                record.facts().nodes(),
                record.facts().parameters(),
                Columns.words(wanted.model().toString(), record),
                EntryJson.toText(wanted.content()));
    }

    private void insertFiles(long version, NewVersion wanted) throws SQLException {
        List<Object[]> files = new ArrayList<>();
        for (VersionFile file : wanted.content().files()) {
            files.add(new Object[] {
                version,
                file.path(),
                file.sha256().hex(),
                file.bytes(),
                file.role().word()
            });
        }
        transaction.insertAll(
                "insert into version_file (version_id, path, digest, bytes, purpose) values (?, ?, ?, ?, ?)", files);
        ModelRecord record = wanted.content().record();
        Map<String, Long> operators = new LinkedHashMap<>();
        record.facts().operators().forEach((name, uses) -> operators.merge(fit(name, 300), uses, Long::sum));
        List<Object[]> rows = new ArrayList<>();
        operators.forEach((name, uses) -> rows.add(new Object[] {version, name, uses}));
        transaction.insertAll("insert into version_operator (version_id, operator, uses) values (?, ?, ?)", rows);
        transaction.insertAll(
                "insert into version_tag (version_id, tag) values (?, ?)",
                record.card().tags().stream()
                        .map(tag -> fit(tag, 200))
                        .distinct()
                        .map(tag -> new Object[] {version, tag})
                        .toList());
        transaction.insertAll(
                "insert into edge (version_id, kind, target) values (?, ?, ?)",
                record.card().lineage().stream()
                        .map(edge -> List.of(fit(edge.kind(), 100), fit(edge.target(), 400)))
                        .distinct()
                        .map(edge -> new Object[] {version, edge.get(0), edge.get(1)})
                        .toList());
    }

    /** Adds a validation. */
    void validated(long version, ValidationRun run) throws SQLException {
        long id = transaction.insert(
                "insert into validation_run (version_id, created, verdict, reason, provider, runtime, isolation, report)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                version,
                run.created(),
                fit(run.verdict(), 50),
                fit(run.reason(), 2000),
                fit(run.provider(), 50),
                fit(run.runtime(), 200),
                fit(run.isolation(), 50),
                run.report().hex());
        Map<List<Object>, Double> metrics = new LinkedHashMap<>();
        for (Metric metric : run.metrics()) {
            metrics.put(
                    List.of(id, fit(metric.set(), 300), fit(metric.output(), 300), fit(metric.name(), 100)),
                    metric.amount());
        }
        List<Object[]> rows = new ArrayList<>();
        metrics.forEach((key, amount) -> {
            List<Object> row = new ArrayList<>(key);
            row.add(amount);
            rows.add(row.toArray());
        });
        transaction.insertAll(
                "insert into metric (run_id, data_set, output, name, amount) values (?, ?, ?, ?, ?)", rows);
    }

    /** Points an alias to a version, which is of the same model. */
    void point(long model, String alias, long version) throws SQLException {
        int moved = transaction.update(
                "update alias set version_id = ?, moved = ?, moved_by = ? where model_id = ? and name = ?",
                version,
                now,
                actor,
                model,
                alias);
        if (moved == 0) {
            transaction.update(
                    "insert into alias (model_id, name, version_id, moved, moved_by) values (?, ?, ?, ?, ?)",
                    model,
                    alias,
                    version,
                    now,
                    actor);
        }
    }

    /** Removes a version. Its number is not given again; {@code latest} goes to the newest that is left. */
    void remove(long model, long version) throws SQLException {
        for (String table : List.of("version_file", "version_operator", "version_tag", "edge")) {
            transaction.update("delete from " + table + " where version_id = ?", version);
        }
        transaction.update(
                "delete from metric where run_id in (select id from validation_run where version_id = ?)", version);
        transaction.update("delete from validation_run where version_id = ?", version);
        transaction.update("delete from alias where version_id = ?", version);
        transaction.update("update version set removed = ? where id = ?", now, version);
        Optional<Long> left = transaction.first(
                "select id from version where model_id = ? and removed is null order by number desc",
                row -> row.getLong("id"),
                model);
        if (left.isPresent()) {
            point(model, "latest", left.get());
        }
    }

    /** Notes who did what. */
    void audit(String deed, String subject, String detail) throws SQLException {
        transaction.update(
                "insert into audit (happened, actor, deed, subject, detail) values (?, ?, ?, ?, ?)",
                now,
                actor,
                fit(deed, 100),
                fit(subject, 600),
                fit(detail, 4000));
    }

    /** The id of a model; its row is locked, so that versions are numbered one after the other. */
    Optional<Long> locked(ModelName name) throws SQLException {
        return transaction.first(
                "select m.id from model m where m.name = ? and m.namespace_id ="
                        + " (select n.id from namespace n where n.name = ?) for update",
                row -> row.getLong(1),
                name.name(),
                name.namespace());
    }

    private long lockedOrNew(ModelName name) throws SQLException {
        Optional<Long> there = locked(name);
        if (there.isPresent()) {
            return there.get();
        }
        Optional<Long> namespace =
                transaction.first("select id from namespace where name = ?", row -> row.getLong(1), name.namespace());
        long owner = namespace.isPresent()
                ? namespace.get()
                : transaction.insert("insert into namespace (name, created) values (?, ?)", name.namespace(), now);
        return transaction.insert(
                "insert into model (namespace_id, name, last_number, created) values (?, ?, 0, ?)",
                owner,
                name.name(),
                now);
    }
}
