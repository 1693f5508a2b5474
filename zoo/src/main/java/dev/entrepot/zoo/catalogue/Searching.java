package dev.entrepot.zoo.catalogue;

import dev.entrepot.zoo.catalogue.Search.Facet;
import dev.entrepot.zoo.catalogue.Search.FilterOptions;
import dev.entrepot.zoo.catalogue.Search.Found;
import dev.entrepot.zoo.catalogue.Search.Option;
import dev.entrepot.zoo.entry.ModelName;
import dev.entrepot.zoo.store.Digest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Searches as SQL. */
final class Searching {

    static final String SUMMARY =
            "select n.name as namespace, m.name as model, v.number, v.manifest, v.published, v.title, v.framework,"
                    + " v.format, v.task, v.licence, v.opset, v.nodes, v.parameters, v.model_bytes,"
                    + " (select r.verdict from validation_run r where r.version_id = v.id"
                    + " order by r.id desc fetch first 1 rows only) as verdict";
    static final String VERSIONS =
            " from version v join model m on m.id = v.model_id join namespace n on n.id = m.namespace_id";

    private static final String NEWEST = VERSIONS + " join alias a on a.version_id = v.id and a.name = 'latest'";
    private static final int MOST_OPTIONS = 200;

    private final List<String> conditions = new ArrayList<>(List.of("v.removed is null"));
    private final List<Object> arguments = new ArrayList<>();

    /** The conditions of a search, but for one facet's. */
    private Searching(Search search, List<Facet> without) {
        for (String word : search.text().toLowerCase(Locale.ROOT).split("\\s+")) {
            if (!word.isEmpty()) {
                where("v.words like ? escape '!'", "%" + escaped(word) + "%");
            }
        }
        search.chosen().forEach((facet, values) -> {
            if (!without.contains(facet) && !values.isEmpty()) {
                choose(facet, values);
            }
        });
        where("v.parameters between ? and ?", search.leastParameters(), search.mostParameters());
    }

    static Found find(Transaction transaction, Search search) throws SQLException {
        Searching searching = new Searching(search, List.of());
        Object[] given = searching.arguments.toArray();
        long total = transaction
                .first("select count(*) as total" + NEWEST + searching.where(), row -> row.getLong("total"), given)
                .orElse(0L);
        // Both numbers are ours, and checked.
        List<VersionSummary> versions = transaction.query(
                SUMMARY + NEWEST + searching.where() + " order by "
                        + search.order().columns() + " offset " + search.offset() + " rows fetch next " + search.limit()
                        + " rows only",
                Searching::summary,
                given);
        return new Found(total, versions);
    }

    static FilterOptions options(Transaction transaction, Search search) throws SQLException {
        Map<Facet, List<Option>> options = new EnumMap<>(Facet.class);
        for (Facet facet : Facet.values()) {
            Searching searching = new Searching(search, List.of(facet));
            options.put(
                    facet,
                    transaction.query(
                            "select " + facet.column() + " as choice, count(*) as many" + NEWEST + join(facet)
                                    + searching.where() + " group by " + facet.column()
                                    + " order by many desc, choice fetch first " + MOST_OPTIONS + " rows only",
                            row -> new Option(row.getString("choice"), row.getLong("many")),
                            searching.arguments.toArray()));
        }
        return transaction
                .first(
                        "select min(v.parameters) as least, max(v.parameters) as most" + NEWEST
                                + " where v.removed is null",
                        row -> new FilterOptions(options, row.getLong("least"), row.getLong("most")))
                .orElseThrow();
    }

    static VersionSummary summary(ResultSet row) throws SQLException {
        String verdict = row.getString("verdict");
        return new VersionSummary(
                new ModelName(row.getString("namespace"), row.getString("model")),
                row.getInt("number"),
                new Digest(row.getString("manifest")),
                Transaction.instant(row, "published"),
                row.getString("title"),
                row.getString("framework"),
                row.getString("format"),
                row.getString("task"),
                row.getString("licence"),
                row.getLong("opset"),
                row.getLong("nodes"),
                row.getLong("parameters"),
                row.getLong("model_bytes"),
                verdict == null ? "" : verdict);
    }

    private void choose(Facet facet, List<String> values) {
        if (facet == Facet.OPERATOR || facet == Facet.TAG) {
            String table = facet == Facet.OPERATOR ? "version_operator o" : "version_tag t";
            String owner = facet == Facet.OPERATOR ? "o" : "t";
            values.forEach(value -> where(
                    "exists (select 1 from " + table + " where " + owner + ".version_id = v.id and " + facet.column()
                            + " = ?)",
                    value));
            return;
        }
        where(
                facet.column() + " in (" + String.join(", ", Collections.nCopies(values.size(), "?")) + ")",
                values.toArray());
    }

    private void where(String condition, Object... given) {
        conditions.add(condition);
        arguments.addAll(List.of(given));
    }

    private String where() {
        return " where " + String.join(" and ", conditions);
    }

    private static String join(Facet facet) {
        return switch (facet) {
            case OPERATOR -> " join version_operator o on o.version_id = v.id";
            case TAG -> " join version_tag t on t.version_id = v.id";
            default -> "";
        };
    }

    static String escaped(String word) {
        return word.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
