package dev.entrepot.server.models;

import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import dev.entrepot.zoo.catalogue.Search;
import dev.entrepot.zoo.catalogue.Search.Facet;
import io.micronaut.http.HttpParameters;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A search as an address has it: {@code q} for words; {@code framework}, {@code task}, {@code licence}, {@code opset}, {@code namespace},
 * {@code operator} and {@code tag}, each as often as wanted; {@code min_parameters}, {@code max_parameters}, {@code order}, {@code limit} and
 * {@code offset}. What is empty is not asked for: forms send all their fields.
 */
public final class SearchParameters {

    private SearchParameters() {}

    /**
     * Reads a search.
     *
     * @param usualLimit how many are given where nobody says
     * @throws ProblemException if a number or the order is none
     */
    public static Search read(HttpParameters parameters, int usualLimit) {
        try {
            Search search = new Search(
                    parameters.get("q", String.class).orElse(""),
                    Map.of(),
                    number(parameters.get("min_parameters"), 0),
                    number(parameters.get("max_parameters"), Long.MAX_VALUE),
                    Search.Order.valueOf(
                            parameters.get("order", String.class).orElse("name").toUpperCase(Locale.ROOT)),
                    Math.toIntExact(number(parameters.get("limit"), usualLimit)),
                    Math.toIntExact(number(parameters.get("offset"), 0)));
            for (Facet facet : Facet.values()) {
                for (String value : parameters.getAll(facet.word())) {
                    search = value.isEmpty() ? search : search.with(facet, value);
                }
            }
            return search;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ProblemException(Kind.BAD_REQUEST, "the search cannot be understood: " + e.getMessage());
        }
    }

    private static long number(@Nullable String text, long usual) {
        return text == null || text.isEmpty() ? usual : Long.parseLong(text);
    }
}
