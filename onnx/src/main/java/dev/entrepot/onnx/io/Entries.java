package dev.entrepot.onnx.io;

import dev.entrepot.onnx.io.ProtoFields.OperatorSetIdProto;
import dev.entrepot.onnx.io.ProtoFields.StringStringEntryProto;
import java.util.Map;

/** Reads the entries of ONNX's maps: {@code StringStringEntryProto} and {@code OperatorSetIdProto}. */
final class Entries {

    private Entries() {}

    /** Adds one text entry. */
    static void read(Message message, Map<String, String> entries) {
        String key = "";
        String value = "";
        while (message.next()) {
            switch (message.number()) {
                case StringStringEntryProto.KEY -> key = message.name();
                case StringStringEntryProto.VALUE -> value = message.text();
                default -> {}
            }
        }
        if (entries.putIfAbsent(key, value) != null) {
            throw message.malformed("has the key \"" + key + "\", as another entry has");
        }
    }

    /** Adds one opset import. The domain ai.onnx is the empty one. */
    static void readOpset(Message message, Map<String, Long> imports) {
        String domain = "";
        long version = 0;
        while (message.next()) {
            switch (message.number()) {
                case OperatorSetIdProto.DOMAIN -> domain = message.name();
                case OperatorSetIdProto.VERSION -> version = message.int64();
                default -> {}
            }
        }
        Long other = imports.putIfAbsent(canonical(domain), version);
        if (other != null && other != version) {
            throw message.malformed(
                    "imports version " + version + " of domain \"" + domain + "\" beside version " + other);
        }
    }

    /** The one spelling of a domain's name. */
    static String canonical(String domain) {
        return domain.equals("ai.onnx") ? "" : domain;
    }
}
