package dev.entrepot.server.portal;

import dev.entrepot.zoo.catalogue.Search;
import dev.entrepot.zoo.catalogue.Search.Facet;
import dev.entrepot.zoo.catalogue.Search.FilterOptions;
import dev.entrepot.zoo.catalogue.Search.Found;
import dev.entrepot.zoo.catalogue.Search.Option;
import io.micronaut.http.uri.UriBuilder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The models that were looked for, and what else could be chosen.
 *
 * @param search what was looked for
 * @param found what was found
 * @param options what could be chosen
 */
public record GalleryPage(Search search, Found found, FilterOptions options) {

    /** How many models a page shows. */
    static final int SIZE = 24;

    private static final int SHOWN_AT_ONCE = 6;
    private static final int SHOWN_AT_MOST = 60;

    private static final Map<Facet, String> TITLES = Map.of(
            Facet.FRAMEWORK, "Came from",
            Facet.TASK, "Task",
            Facet.LICENCE, "Licence",
            Facet.OPERATOR, "Operators",
            Facet.OPSET, "Opset",
            Facet.NAMESPACE, "Publisher",
            Facet.TAG, "Tags");

    private static final List<Facet> ORDER = List.of(
            Facet.FRAMEWORK, Facet.TASK, Facet.TAG, Facet.OPERATOR, Facet.LICENCE, Facet.OPSET, Facet.NAMESPACE);

    /**
     * A facet as a group of choices.
     *
     * @param word its name in addresses
     * @param title its name for people
     * @param first the choices that are shown at once: the chosen ones and the most frequent
     * @param more the others
     */
    public record Choices(String word, String title, List<Choice> first, List<Choice> more) {}

    /**
     * A value that can be chosen.
     *
     * @param id of its field in the page
     * @param value the value
     * @param count how many models have it
     * @param isChosen whether it is chosen
     */
    public record Choice(String id, String value, long count, boolean isChosen) {}

    /** The facets that tell models apart. */
    public List<Choices> facets() {
        return ORDER.stream()
                .map(this::choices)
                .filter(choices ->
                        choices.first().size() > 1 || choices.first().stream().anyMatch(Choice::isChosen))
                .toList();
    }

    private Choices choices(Facet facet) {
        List<String> chosen = search.chosen().getOrDefault(facet, List.of());
        List<Choice> first = new ArrayList<>();
        List<Choice> more = new ArrayList<>();
        Set<String> shown = new LinkedHashSet<>(chosen);
        List<Option> found = options.options().getOrDefault(facet, List.of());
        for (String value : shown) {
            first.add(new Choice(id(facet, value), value, count(found, value), true));
        }
        for (Option option : found) {
            if (!option.value().isEmpty() && shown.add(option.value()) && shown.size() <= SHOWN_AT_MOST) {
                (first.size() < SHOWN_AT_ONCE ? first : more)
                        .add(new Choice(id(facet, option.value()), option.value(), option.count(), false));
            }
        }
        return new Choices(facet.word(), TITLES.getOrDefault(facet, facet.word()), first, more);
    }

    /** The same for a value wherever it stands, so that the one that has the focus keeps it when the choices are sorted anew. */
    private static String id(Facet facet, String value) {
        return facet.word() + "-" + Integer.toHexString(value.hashCode());
    }

    private static long count(List<Option> options, String value) {
        return options.stream()
                .filter(option -> option.value().equals(value))
                .mapToLong(Option::count)
                .findFirst()
                .orElse(0);
    }

    /** Whether everything is shown that the zoo has. */
    public boolean isUnfiltered() {
        return search.text().isBlank()
                && search.chosen().isEmpty()
                && search.leastParameters() == 0
                && search.mostParameters() == Long.MAX_VALUE;
    }

    /** How many models there are, in words. */
    public String countInWords() {
        String models = found.total() == 1 ? "1 model" : Figures.count(found.total()) + " models";
        return isUnfiltered() ? models : models + " found";
    }

    /** The page before this one. */
    public Optional<String> previous() {
        return search.offset() == 0
                ? Optional.empty()
                : Optional.of(address(Math.max(0, search.offset() - search.limit())));
    }

    /** The page after this one. */
    public Optional<String> next() {
        int offset = search.offset() + search.limit();
        return offset < found.total() ? Optional.of(address(offset)) : Optional.empty();
    }

    /** Where this page is among the others. */
    public String position() {
        long pages = Math.max(1, (found.total() + search.limit() - 1) / search.limit());
        return "Page " + (search.offset() / search.limit() + 1) + " of " + pages;
    }

    private String address(int offset) {
        UriBuilder address = UriBuilder.of("/");
        if (!search.text().isEmpty()) {
            address.queryParam("q", search.text());
        }
        search.chosen().forEach((facet, values) -> address.queryParam(facet.word(), values.toArray()));
        address.queryParam("order", search.order().name().toLowerCase(java.util.Locale.ROOT));
        address.queryParam("offset", offset);
        return address.build().toString();
    }
}
