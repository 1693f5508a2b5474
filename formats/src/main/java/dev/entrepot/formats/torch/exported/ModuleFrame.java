package dev.entrepot.formats.torch.exported;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A module that was running when a node was recorded. Source: torch/_export/serde/serialize.py, serialize_metadata.
 *
 * @param path the module's path as state_dict has it, such as {@code features.0}; empty for the whole network
 * @param type its class, such as {@code torch.nn.modules.conv.Conv2d}
 */
public record ModuleFrame(String path, String type) {

    private static final Pattern GETATTR = Pattern.compile("getattr\\((.*), ['\"]([^'\"]*)['\"]\\)");
    private static final Pattern ITEM = Pattern.compile("\\[['\"]?([^\\]'\"]*)['\"]?\\]");
    private static final String HOOK = "_empty_nn_module_stack_from_metadata_hook";

    /** Reads {@code key,path,type;key,path,type}; parts that do not look so are left out. */
    static List<ModuleFrame> stack(String text) {
        List<ModuleFrame> frames = new ArrayList<>();
        for (String entry : text.split(";", -1)) {
            List<String> parts = parts(entry);
            if (parts.size() == 3 && !parts.get(0).equals(HOOK)) {
                frames.add(new ModuleFrame(path(parts.get(1)), parts.get(2)));
            }
        }
        return frames;
    }

    /** The class without its package. */
    public String className() {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /** Splits at commas outside of brackets. */
    private static List<String> parts(String entry) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < entry.length(); i++) {
            char next = entry.charAt(i);
            depth += next == '(' || next == '[' ? 1 : next == ')' || next == ']' ? -1 : 0;
            if (next == ',' && depth == 0) {
                parts.add(entry.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(entry.substring(start));
        return parts;
    }

    /** A path as Dynamo writes it ({@code L['self'].features[0]}, {@code getattr(L['self'].features, '0')}) or, since 2.3, without that. */
    private static String path(String written) {
        String path = written;
        for (int i = 0; i < written.length() && path.contains("getattr("); i++) {
            String opened = GETATTR.matcher(path).replaceAll("$1.$2");
            if (opened.equals(path)) {
                break;
            }
            path = opened;
        }
        path = path.startsWith("L['self']") ? path.substring("L['self']".length()) : path;
        path = ITEM.matcher(path).replaceAll(".$1");
        int again = path.indexOf('@');
        path = again < 0 ? path : path.substring(0, again);
        return path.startsWith(".") ? path.substring(1) : path;
    }
}
