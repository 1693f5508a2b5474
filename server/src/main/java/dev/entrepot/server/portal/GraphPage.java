package dev.entrepot.server.portal;

import dev.entrepot.server.graph.GraphOutline;
import dev.entrepot.server.graph.GraphOutline.Node;
import dev.entrepot.server.graph.GraphOutline.Port;
import dev.entrepot.zoo.catalogue.Version;
import java.util.List;
import java.util.Locale;

/**
 * The graph of a version.
 *
 * @param version the version
 * @param graph its graph
 */
public record GraphPage(Version version, GraphOutline graph) {

    /** The title, or the name where there is none. */
    public String title() {
        String title = version.record().card().title();
        return title.isBlank() ? version.model().name() : title;
    }

    /** The model's page. */
    public String model() {
        return "/models/" + version.model() + "/versions/" + version.number();
    }

    /** The graph as JSON. */
    public String json() {
        return "/api/v1/models/" + version.model() + "/versions/" + version.number() + "/graph";
    }

    /** What a node is found by: its operator, names and layer, in lower case. */
    public String words(Node node) {
        return (node.op() + " " + node.name() + " " + node.layer() + " " + node.layerType()).toLowerCase(Locale.ROOT);
    }

    /** Ports in a line; one that is left out as a dash. */
    public String line(List<Port> ports) {
        return String.join(
                ", ",
                ports.stream()
                        .map(port -> port.name().isEmpty()
                                ? "–"
                                : port.name() + (port.type().isEmpty() ? "" : " " + port.type()))
                        .toList());
    }
}
