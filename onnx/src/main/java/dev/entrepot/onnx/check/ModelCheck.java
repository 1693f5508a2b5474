package dev.entrepot.onnx.check;

import dev.entrepot.onnx.graph.Function;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.onnx.schema.Operators;
import dev.entrepot.tensor.DataType;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What concerns the model as a whole, its main graph's types, and its functions' signatures. Source: onnx/checker.cc. */
final class ModelCheck {

    private static final long FIRST_WITH_OPSET_IMPORTS = 3;

    private final Model model;
    private final Functions functions;
    private final Faults faults;

    ModelCheck(Model model, Functions functions, Faults faults) {
        this.model = model;
        this.functions = functions;
        this.faults = faults;
    }

    void check(Site site) {
        if (model.irVersion() < 1) {
            faults.malformed(site, "has the IR version " + model.irVersion() + ", expected 1 or more");
        }
        if (model.irVersion() >= FIRST_WITH_OPSET_IMPORTS
                && model.opsetImports().isEmpty()) {
            faults.malformed(site, "has no opset import");
        }
        opsets(site, model.opsetImports());
        Graph graph = model.graph();
        Site graphSite = site.in("graph \"" + graph.name() + "\"");
        graph.inputs().forEach(input -> declared(graphSite.in("input \"" + input.name() + "\""), input));
        graph.outputs().forEach(output -> declared(graphSite.in("output \"" + output.name() + "\""), output));
        Context context = new Context(model.irVersion(), importsOf(model), functions, Optional.empty(), faults);
        new GraphCheck(context).graph(graph, graphSite, Names.outermost());
        functions.all().forEach(this::function);
    }

    private static Map<String, Long> importsOf(Model model) {
        return model.irVersion() < FIRST_WITH_OPSET_IMPORTS
                        && model.opsetImports().isEmpty()
                ? Map.of("", model.opset())
                : model.opsetImports();
    }

    private void opsets(Site site, Map<String, Long> imports) {
        imports.forEach((domain, version) -> {
            int latest = Operators.onnx().latestOpset(domain);
            if (version < 1) {
                faults.malformed(
                        site, "imports version " + version + " of domain \"" + domain + "\", expected 1 or more");
            } else if (latest > 0 && version > latest) {
                faults.unsupported(
                        site,
                        "imports version " + version + " of domain \"" + domain + "\", the newest known is " + latest);
            }
        });
    }

    private void declared(Site site, Value value) {
        ValueType type = value.type();
        if (type.equals(ValueType.UNKNOWN)) {
            faults.malformed(site, "has no type");
        } else if (type instanceof ValueType.TensorType tensor) {
            tensor(site, tensor.type(), tensor.shape().ranked());
        } else if (type instanceof ValueType.SparseTensorType tensor) {
            tensor(site, tensor.type(), tensor.shape().ranked());
        }
    }

    private void tensor(Site site, DataType type, boolean ranked) {
        if (type == DataType.UNDEFINED) {
            faults.malformed(site, "has no element type");
        }
        if (!ranked) {
            faults.malformed(site, "has no shape; every dimension may be unknown, but not how many there are");
        }
    }

    private void function(Function function) {
        Site site = functions.site(function);
        opsets(site, function.opsetImports());
        distinct(site, "input", function.inputs());
        distinct(site, "output", function.outputs());
        distinct(site, "attribute", function.attributeNames());
        distinct(
                site,
                "attribute with a default",
                function.attributeDefaults().values().keySet());
        for (String name : function.attributeDefaults().values().keySet()) {
            if (function.attributeNames().contains(name)) {
                faults.malformed(site, "lists attribute \"" + name + "\" both with and without a default");
            }
        }
        Context context =
                new Context(model.irVersion(), function.opsetImports(), functions, Optional.of(function), faults);
        new GraphCheck(context).function(function, site);
    }

    private void distinct(Site site, String what, Iterable<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name.isEmpty()) {
                faults.malformed(site, "has an " + what + " without a name");
            } else if (!seen.add(name)) {
                faults.malformed(site, "has the " + what + " \"" + name + "\" twice");
            }
        }
    }
}
