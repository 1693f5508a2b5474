package dev.entrepot.cli;

import dev.entrepot.zoo.convert.Conversion;
import dev.entrepot.zoo.convert.Conversion.Port;
import dev.entrepot.zoo.convert.Coverage;
import dev.entrepot.zoo.inspect.Inspection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Results as people read them. */
final class Texts {

    private Texts() {}

    /** A conversion in a few lines. */
    static String of(Conversion conversion) {
        List<String> lines = new ArrayList<>();
        var model = conversion.model();
        lines.add("%s: %s, %,d bytes, opset %d, %,d nodes, %,d parameters"
                .formatted(
                        model.path(),
                        conversion.source().framework() + " "
                                + conversion.source().format(),
                        model.bytes(),
                        model.opset(),
                        model.nodes(),
                        model.parameters()));
        conversion.inputs().forEach(port -> lines.add("  input  " + port(port)));
        conversion.outputs().forEach(port -> lines.add("  output " + port(port)));
        conversion.dropped().forEach(note -> lines.add("  dropped: " + note));
        conversion.approximations().forEach(note -> lines.add("  approximation: " + note));
        conversion.warnings().forEach(note -> lines.add("  warning: " + note));
        return String.join(System.lineSeparator(), lines);
    }

    /** A port with its type and sizes. */
    static String port(Port port) {
        String shape = port.shape() == null
                ? "[...]"
                : port.shape().stream()
                        .map(size -> size == null ? "?" : size.toString())
                        .collect(Collectors.joining(", ", "[", "]"));
        return port.name() + " " + port.dtype() + shape;
    }

    /** What a file is, its layers and its tensors. */
    static String of(Inspection file) {
        List<String> lines = new ArrayList<>();
        lines.add("%s: %s %s%s, %,d bytes, %,d layers, %,d tensors, %,d parameters"
                .formatted(
                        file.file(),
                        file.framework(),
                        file.format(),
                        file.name().isEmpty() ? "" : " \"" + file.name() + "\"",
                        file.bytes(),
                        file.layers().size(),
                        file.tensors().size(),
                        file.parameters()));
        file.inputs().forEach(input -> lines.add("  input  " + input));
        file.outputs().forEach(output -> lines.add("  output " + output));
        file.notes().forEach(note -> lines.add("  " + note));
        if (!file.layers().isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            file.layers()
                    .forEach(layer -> rows.add(List.of(
                            layer.name(),
                            layer.type(),
                            String.join(", ", layer.inputs()),
                            String.join(", ", layer.outputs()))));
            lines.add(columns(List.of("layer", "type", "reads", "makes"), rows));
        }
        if (!file.tensors().isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            file.tensors()
                    .forEach(tensor -> rows.add(List.of(
                            tensor.name(), tensor.dtype(), tensor.shape().toString())));
            lines.add(columns(List.of("tensor", "dtype", "shape"), rows));
        }
        return String.join(System.lineSeparator(), lines);
    }

    /** Layer types and operators in columns. */
    static String table(List<Coverage> all) {
        List<List<String>> rows = new ArrayList<>();
        all.forEach(row -> rows.add(List.of(row.framework(), row.name(), row.status(), row.reason())));
        return columns(List.of("framework", "layer or operator", "status", "reason"), rows);
    }

    /** SUPPORTED.md. */
    static String markdown(List<Coverage> all) {
        StringBuilder text =
                new StringBuilder("# Supported layers and operators\n\nPrinted by `entrepot supported --markdown`"
                        + " from the tables that do the work.\n");
        Map<String, List<Coverage>> byFramework =
                all.stream().collect(Collectors.groupingBy(Coverage::framework, TreeMap::new, Collectors.toList()));
        byFramework.forEach((framework, rows) -> {
            Map<String, Long> counts =
                    rows.stream().collect(Collectors.groupingBy(Coverage::status, TreeMap::new, Collectors.counting()));
            text.append("\n## ").append(framework).append("\n\n");
            text.append(rows.size()).append(" known: ");
            text.append(counts.entrySet().stream()
                    .map(entry -> entry.getValue() + " " + entry.getKey())
                    .collect(Collectors.joining(", ")));
            text.append(".\n\n| layer or operator | status | reason |\n|---|---|---|\n");
            rows.forEach(row -> text.append("| %s | %s | %s |\n".formatted(row.name(), row.status(), row.reason())));
        });
        return text.toString();
    }

    /** Rows under a header, each column as wide as its widest cell. */
    static String columns(List<String> header, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>(List.of(header));
        all.addAll(rows);
        int[] widths = new int[header.size()];
        all.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return all.stream()
                .map(row -> {
                    StringBuilder line = new StringBuilder();
                    for (int i = 0; i < widths.length; i++) {
                        line.append(row.get(i))
                                .append(" ".repeat(widths[i] - row.get(i).length() + 2));
                    }
                    return line.toString().stripTrailing();
                })
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
