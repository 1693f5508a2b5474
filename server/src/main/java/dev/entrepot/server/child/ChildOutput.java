package dev.entrepot.server.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrepot.zoo.entry.EntryJson;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads what a child writes, however much that is, and keeps little of it. */
final class ChildOutput {

    private static final int LONGEST_LINE = 8 << 10;
    private static final int LONGEST_TEXT = 500;
    private static final int MOST_EVENTS = 200;
    private static final int TAIL = 4 << 10;

    private ChildOutput() {}

    /** Tells events until the stream ends. What is no event, too long or too much is passed over. */
    static void relay(InputStream stdout, ChildWatch watch) {
        try (InputStream in = new BufferedInputStream(stdout)) {
            int events = 0;
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            boolean tooLong = false;
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next != '\n') {
                    tooLong |= line.size() >= LONGEST_LINE;
                    if (!tooLong) {
                        line.write(next);
                    }
                    continue;
                }
                if (!tooLong && events < MOST_EVENTS && tell(line.toString(UTF_8), watch)) {
                    events++;
                }
                line.reset();
                tooLong = false;
            }
        } catch (IOException e) {
            // The child is gone; how it ended is told elsewhere.
        }
    }

    private static boolean tell(String line, ChildWatch watch) {
        if (!line.startsWith("{")) {
            return false;
        }
        try {
            JsonNode event = EntryJson.read(line, JsonNode.class);
            if (!event.path("$type").asText().equals("progress")) {
                return false;
            }
            watch.progress(
                    cut(event.path("stage").asText()), cut(event.path("text").asText()));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }

    /** Reads a stream to its end and gives its last words. */
    static String tail(InputStream stderr) {
        byte[] ring = new byte[TAIL];
        long count = 0;
        try (InputStream in = new BufferedInputStream(stderr)) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                ring[(int) (count++ % TAIL)] = (byte) next;
            }
        } catch (IOException e) {
            // What there is suffices.
        }
        int length = (int) Math.min(count, TAIL);
        byte[] last = new byte[length];
        for (int i = 0; i < length; i++) {
            last[i] = ring[(int) ((count - length + i) % TAIL)];
        }
        return new String(last, UTF_8).strip();
    }
}
