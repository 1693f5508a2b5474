package dev.entrepot.importers.caffe;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.caffe.CaffeLayer;
import dev.entrepot.formats.caffe.CaffeNet;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.Imported;
import dev.entrepot.importers.caffe.Support.Dropped;
import dev.entrepot.importers.caffe.Support.Lowered;
import dev.entrepot.importers.caffe.Support.Reduced;
import dev.entrepot.importers.caffe.Support.Refused;
import dev.entrepot.onnx.build.GraphBuilder;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Origin;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.infer.InvalidNodeException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lowers a Caffe net to an ONNX model.
 *
 * <p>Inputs keep as many symbolic sizes as every layer can live with: first batch and spatial sizes, then the batch only, then the
 * declared sizes. Source: caffe net.cpp, Init, AppendBottom and AppendTop.
 */
public final class CaffeImporter {

    private final CaffeNet net;
    private final ImportNotes notes;
    private final GraphBuilder graph;
    private final InputShapes inputShapes;
    private final SharedMemory memory;
    private final Map<String, Value> blobs = new HashMap<>();
    private final Map<String, Made> unusedBlobs = new TreeMap<>();
    private final Set<String> brokenBlobs = new HashSet<>();
    private final Set<String> finalNames = new HashSet<>();
    private final Set<String> inputBlobs = new HashSet<>();
    private final Map<String, Integer> writesLeft = new HashMap<>();

    /** A value, and the layer that made it. */
    private record Made(Value value, CaffeLayer layer) {}

    private CaffeImporter(CaffeNet net, ImportOptions options, InputShapes inputShapes) {
        this.net = net;
        this.notes = new ImportNotes(options);
        this.graph = new GraphBuilder(net.name().isEmpty() ? "caffe" : net.name());
        this.inputShapes = inputShapes;
        this.memory = SharedMemory.of(net.layers());
    }

    /**
     * Lowers a net.
     *
     * @throws ModelException with every layer that is malformed, unsupported or without weights
     */
    public static Imported lower(CaffeNet net, ImportOptions options) {
        String reason = "";
        for (InputShapes shapes : InputShapes.attempts(net, options)) {
            try {
                CaffeImporter importer = new CaffeImporter(net, options, shapes);
                Graph lowered = importer.walk();
                if (shapes.canBeFixed() && InputShapes.declaresAllSizes(net)) {
                    // Sizes that contradict each other may not do so as symbols; Caffe checks them before anything is
                    // reshaped.
                    new CaffeImporter(net, options, InputShapes.declared(net, options)).walk();
                }
                shapes.fixedBecause(reason).ifPresent(importer.notes.warnings()::add);
                return importer.imported(lowered);
            } catch (StaticSizeNeeded needed) {
                reason = needed.why();
            }
        }
        throw new IllegalStateException("the last attempt has numbers only");
    }

    private Graph walk() {
        for (CaffeLayer layer : net.layers()) {
            layer.tops().forEach(top -> {
                writesLeft.merge(top, 1, Integer::sum);
                graph.reserve(top);
            });
            memory.rewrittenBy(layer).forEach(blob -> writesLeft.merge(blob, 1, Integer::sum));
        }
        for (CaffeLayer layer : net.layers()) {
            try {
                lower(layer);
            } catch (ModelException e) {
                notes.problems().addAll(e);
                abandon(layer);
            } catch (InvalidNodeException | IllegalArgumentException | ArithmeticException e) {
                notes.problems().malformed(layer.location(), layer.toString(), String.valueOf(e.getMessage()));
                abandon(layer);
            } catch (StaticSizeNeeded e) {
                if (inputShapes.canBeFixed()) {
                    throw new StaticSizeNeeded(layer + " " + e.why());
                }
                notes.problems().malformed(layer.location(), layer.toString(), e.why() + "; give --input with numbers");
                abandon(layer);
            }
        }
        net.unused().forEach(notes::unusedWeights);
        net.warnings().forEach(warning -> notes.warnings().add(warning.toString()));
        unusedBlobs.values().removeIf(made -> made.layer().bottoms().isEmpty() && graph.isInput(made.value()));
        if (unusedBlobs.isEmpty() && notes.problems().isEmpty()) {
            notes.problems().malformed(file(), "net", "has no output: no layer makes a blob that no other layer reads");
        }
        notes.problems().throwIfAny();
        unusedBlobs.forEach(this::output);
        return graph.build();
    }

    private void lower(CaffeLayer layer) {
        Support support = LayerTable.find(layer)
                .orElseThrow(() -> ModelException.unsupported(
                        layer.location(), layer.toString(), "no layer of this type is known here"));
        if (support instanceof Refused refused) {
            throw ModelException.unsupported(layer.location(), layer.toString(), refused.reason());
        } else if (support instanceof Dropped dropped) {
            notes.dropped(layer, dropped.reason());
        } else if (layer.bottoms().stream().anyMatch(brokenBlobs::contains)) {
            abandon(layer);
        } else if (support instanceof Reduced reduced) {
            notes.dropped(layer, "only " + reduced.meaning() + " is kept");
            lower(layer, reduced.lowering());
        } else if (support instanceof Lowered lowered) {
            BlobCounts.check(layer);
            lower(layer, lowered.lowering()).warnOfUnreadParameters();
        }
    }

    private LoweringContext lower(CaffeLayer layer, Lowering lowering) {
        graph.origin(new Origin(layer.location().file(), layer.name(), layer.type()));
        List<Value> bottoms =
                layer.bottoms().stream().map(bottom -> read(layer, bottom)).toList();
        LoweringContext context = new LoweringContext(layer, bottoms, graph, notes, inputShapes);
        write(layer, lowering.lower(context));
        return context;
    }

    private Value read(CaffeLayer layer, String bottom) {
        Value value = blobs.get(bottom);
        if (value == null) {
            String why = writesLeft.containsKey(bottom)
                    ? "is made only by a layer after it: the net has a cycle, or its layers are out of order"
                    : "is not made by any layer";
            throw ModelException.malformed(layer.location(), layer.toString(), "bottom \"" + bottom + "\" " + why);
        }
        unusedBlobs.remove(bottom);
        return value;
    }

    private void write(CaffeLayer layer, List<Value> values) {
        List<String> tops = layer.tops().isEmpty() && !values.isEmpty() ? List.of(layer.name()) : layer.tops();
        if (values.size() < tops.size()) {
            throw ModelException.malformed(
                    layer.location(), layer.toString(), "has " + tops.size() + " tops, it can have " + values.size());
        }
        for (int i = 0; i < tops.size(); i++) {
            String top = tops.get(i);
            if (blobs.containsKey(top) && !layer.bottoms().contains(top)) {
                throw ModelException.malformed(
                        layer.location(), layer.toString(), "top \"" + top + "\" is already made by another layer");
            }
            if (layer.bottoms().isEmpty() && graph.isInput(values.get(i))) {
                inputBlobs.add(top);
                finalNames.add(top);
            }
            put(top, values.get(i), layer);
        }
        memory.rewrittenBy(layer).forEach(blob -> rewrite(layer, blob));
    }

    private void put(String blob, Value made, CaffeLayer layer) {
        boolean isLastWrite = writesLeft.merge(blob, -1, Integer::sum) <= 0;
        Value value = isLastWrite && !inputBlobs.contains(blob) ? named(made, blob) : made;
        blobs.put(blob, value);
        unusedBlobs.put(blob, new Made(value, layer));
    }

    /** A blob in the memory that a layer has just written in place has the new contents, in its own shape. */
    private void rewrite(CaffeLayer layer, String blob) {
        Value old = blobs.get(blob);
        Value written = blobs.get(layer.tops().get(0));
        if (old == null || written == null) {
            return;
        }
        notes.warnings()
                .add(layer.location() + ": " + layer + " works in place on memory that blob \"" + blob
                        + "\" shares, which therefore changes too");
        Value shape = old.shape().isStatic() ? graph.ints("shape", old.shape().sizes()) : graph.add("Shape", old);
        put(blob, graph.add("Reshape", written, shape), layer);
    }

    /** The value under the blob's own name, unless it already has a final name, or is a constant, which no output can be. */
    private Value named(Value value, String blob) {
        if (graph.constantOf(value).isPresent()) {
            return value;
        }
        return finalNames.add(value.name()) && finalNames.add(blob) ? graph.rename(value, blob) : value;
    }

    private void abandon(CaffeLayer layer) {
        brokenBlobs.addAll(layer.tops());
        layer.tops().forEach(unusedBlobs::remove);
    }

    /** Under the blob's name. What is left of an input after layers that work in place gets its last layer's: the input keeps its own. */
    private void output(String blob, Made made) {
        Value value = made.value();
        if (inputBlobs.contains(blob)) {
            graph.output(graph.rename(
                    graph.add("Identity", value), unused(made.layer().name())));
            return;
        }
        boolean isMade = !graph.isInput(value) && graph.constantOf(value).isEmpty();
        graph.output(isMade && value.name().equals(blob) ? value : graph.rename(graph.add("Identity", value), blob));
    }

    private String unused(String wanted) {
        String free = wanted;
        for (int i = 1; writesLeft.containsKey(free) || !finalNames.add(free); i++) {
            free = wanted + "_" + i;
        }
        return free;
    }

    private SourceLocation file() {
        return SourceLocation.file(
                net.files().isEmpty() ? net.name() : net.files().get(0));
    }

    private Imported imported(Graph lowered) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("entrepot.source.framework", "caffe");
        net.transforms().forEach(transform -> metadata.putAll(Preprocessing.of(transform)));
        return new Imported(Model.of(lowered, metadata), notes.warnings(), notes.approximations(), notes.dropped());
    }
}
