package dev.entrepot.zoo.catalogue;

import dev.entrepot.zoo.entry.ModelCard;
import dev.entrepot.zoo.entry.ModelRecord;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Strangers' texts made to fit into columns. The whole text is in the manifest. */
final class Columns {

    private static final int MOST_WORDS = 200_000;

    private Columns() {}

    /** At most so many characters, none of which is NUL, which PostgreSQL does not take. */
    static String fit(String text, int length) {
        String clean = text.replace("\0", "");
        if (clean.length() <= length) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(length - 1)) ? length - 1 : length;
        return clean.substring(0, end);
    }

    /** What a search looks in, in small letters. */
    static String words(String name, ModelRecord record) {
        ModelCard card = record.card();
        String all = Stream.of(
                        Stream.of(
                                name,
                                card.title(),
                                card.task(),
                                card.licence(),
                                record.source().framework(),
                                record.source().format()),
                        card.tags().stream(),
                        record.facts().operators().keySet().stream(),
                        card.labels().stream(),
                        Stream.of(card.description()))
                .flatMap(part -> part)
                .collect(Collectors.joining(" "));
        return fit(all.toLowerCase(Locale.ROOT), MOST_WORDS);
    }
}
