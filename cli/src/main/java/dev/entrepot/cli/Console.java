package dev.entrepot.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Where a command's result goes: the result to standard output in the chosen format, everything else to standard error. */
final class Console {

    /** How results are written. */
    enum Format {
        /** As {@link #human}. */
        auto,
        /** For people. */
        human,
        /** For programs: one JSON document. */
        json,
        /** Only the path or id of the result. */
        quiet
    }

    private final PrintWriter out;
    private final PrintWriter err;
    private final Format format;

    Console(PrintWriter out, PrintWriter err, Format format) {
        this.out = out;
        this.err = err;
        this.format = format;
    }

    boolean isJson() {
        return format == Format.json;
    }

    /** The result of a command, of which each format takes its own form. */
    void result(Object json, String human, String quiet) {
        out.println(
                switch (format) {
                    case json -> toJson(json);
                    case quiet -> quiet;
                    case auto, human -> human;
                });
        out.flush();
    }

    /** Something a person who waits wants to know. */
    void progress(String text) {
        if (format != Format.quiet) {
            err.println(text);
            err.flush();
        }
    }

    /** Text to standard output whatever the format. */
    void text(String text) {
        out.print(text);
        out.flush();
    }

    private static String toJson(Object value) {
        SimpleModule paths = new SimpleModule().addSerializer(Path.class, new ToStringSerializer(Path.class));
        try {
            return new ObjectMapper()
                    .registerModule(paths)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result has no JSON form", e);
        }
    }
}
