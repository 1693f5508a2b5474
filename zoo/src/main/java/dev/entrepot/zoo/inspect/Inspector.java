package dev.entrepot.zoo.inspect;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.caffe.Binaryproto;
import dev.entrepot.formats.caffe.CaffeFileKind;
import dev.entrepot.formats.caffe.CaffeGeneration;
import dev.entrepot.formats.caffe.CaffeLayer;
import dev.entrepot.formats.caffe.CaffeNet;
import dev.entrepot.formats.caffe.CaffeNets;
import dev.entrepot.formats.caffe.NetState;
import dev.entrepot.formats.chainer.ChainerFile;
import dev.entrepot.formats.hdf5.Hdf5Dataset;
import dev.entrepot.formats.hdf5.Hdf5Group;
import dev.entrepot.formats.hdf5.Hdf5Node;
import dev.entrepot.formats.hdf5.Hdf5Reader;
import dev.entrepot.formats.hdf5.Hdf5Signature;
import dev.entrepot.formats.npy.Npy;
import dev.entrepot.formats.npy.Npz;
import dev.entrepot.formats.prototxt.ForeignContent;
import dev.entrepot.formats.torch.TorchFile;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.io.OnnxReader;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.zoo.inspect.Inspection.Layer;
import dev.entrepot.zoo.inspect.Inspection.TensorFact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Looks at a file, judging by its content. */
public final class Inspector {

    private Inspector() {}

    /** @throws ModelException if the file is of no known form, or is malformed */
    public static Inspection inspect(ByteSource file) {
        Optional<CaffeFileKind> caffe = CaffeFileKind.of(file);
        if (caffe.isPresent()) {
            return caffe(file, caffe.get());
        } else if (OnnxReader.recognises(file)) {
            return onnx(file);
        } else if (Hdf5Signature.isAtStartOf(file)) {
            return arrays(file, "hdf5", "hdf5", datasets(file));
        } else if (Npz.recognises(file)) {
            return npz(file, ChainerFile.read(file));
        } else if (Npy.recognises(file)) {
            return arrays(file, "numpy", "npy", Map.of("", Npy.read(file)));
        }
        if (TorchFile.recognise(file).isPresent()) {
            return torch(file, TorchFile.read(file));
        }
        throw ModelException.malformed(
                file.at(0), "file", ForeignContent.of(file).orElse("is of no form that is known here"));
    }

    private static Inspection caffe(ByteSource file, CaffeFileKind kind) {
        return switch (kind) {
            case PROTOTXT -> net(file, kind, CaffeNets.readPrototxt(file, NetState.TEST));
            case CAFFEMODEL -> net(file, kind, CaffeNets.readCaffemodel(file, NetState.TEST));
            case BINARYPROTO ->
                arrays(
                        file,
                        "caffe",
                        kind.word(),
                        Map.of("", Binaryproto.read(file).tensor()));
            case HDF5_SNAPSHOT -> arrays(file, "caffe", kind.word(), datasets(file));
        };
    }

    private static Inspection net(ByteSource file, CaffeFileKind kind, CaffeNet net) {
        List<Layer> layers = new ArrayList<>();
        Map<String, Tensor> blobs = new LinkedHashMap<>();
        List<String> inputs = new ArrayList<>();
        for (CaffeLayer layer : net.layers()) {
            layers.add(new Layer(layer.name(), layer.type(), layer.bottoms(), layer.tops()));
            for (int i = 0; i < layer.blobs().size(); i++) {
                blobs.put(layer.name() + "[" + i + "]", layer.blobs().get(i).tensor());
            }
            if (layer.type().equals("Input")) {
                inputs.addAll(layer.tops());
            }
        }
        List<String> notes =
                new ArrayList<>(net.warnings().stream().map(Object::toString).toList());
        net.transforms()
                .forEach(transform -> notes.add("layer \"" + transform.layer() + "\" transforms its images: "
                        + transform.message().toString().strip().replaceAll("\\s+", " ")));
        String format = kind.word() + " " + CaffeGeneration.of(file);
        return of(file, "caffe", format, net.name(), inputs, List.of(), layers, blobs, notes);
    }

    private static Map<String, Tensor> datasets(ByteSource file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        collect(Hdf5Reader.read(file), tensors);
        return tensors;
    }

    private static void collect(Hdf5Group group, Map<String, Tensor> tensors) {
        for (Hdf5Node child : group.children().values()) {
            if (child instanceof Hdf5Group inner) {
                collect(inner, tensors);
            } else if (child instanceof Hdf5Dataset dataset && dataset.type() != DataType.UNDEFINED) {
                tensors.put(dataset.path(), dataset.tensor());
            }
        }
    }

    private static Inspection onnx(ByteSource file) {
        Model model = OnnxReader.read(file);
        List<Layer> layers = model.graph().nodes().stream()
                .map(node -> new Layer(
                        node.name(),
                        node.domain().isEmpty() ? node.op() : node.domain() + "." + node.op(),
                        node.inputs().stream().map(Value::name).toList(),
                        node.outputs().stream().map(Value::name).toList()))
                .toList();
        List<String> notes = new ArrayList<>();
        notes.add("opsets " + model.opsetImports() + ", IR version " + model.irVersion() + ", made by "
                + model.producerName());
        model.metadata().forEach((key, value) -> notes.add(key + " = " + value));
        return of(
                file,
                "onnx",
                "onnx",
                model.graph().name(),
                model.graph().inputs().stream().map(Inspector::port).toList(),
                model.graph().outputs().stream().map(Inspector::port).toList(),
                layers,
                model.graph().initializers(),
                notes);
    }

    /** Names that a pickle mentions are told with their verdict: whoever loads it with Python runs them. */
    private static Inspection torch(ByteSource file, TorchFile torch) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        torch.tensors().forEach((path, tensor) -> tensors.put(path, tensor.tensor()));
        List<String> notes = new ArrayList<>();
        torch.facts().forEach((key, value) -> notes.add(key + " = " + value));
        torch.globals()
                .forEach(use -> notes.add("global " + use.name() + ": "
                        + use.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ", used " + use.uses()
                        + " times"));
        torch.code().forEach(code -> notes.add("code " + code.path()));
        notes.addAll(torch.notes());
        ExportedOutline outline = ExportedOutline.of(torch);
        notes.addAll(outline.notes());
        String form = torch.form().title();
        return of(file, "pytorch", form, "", outline.inputs(), outline.outputs(), outline.layers(), tensors, notes);
    }

    private static String port(Value value) {
        return value.name() + " " + value.dataType().numpyName() + value.shape();
    }

    private static Inspection npz(ByteSource file, ChainerFile arrays) {
        List<String> notes = arrays.unset().stream()
                .map(path -> "\"" + path + "\" is None: a parameter of Chainer's that was not initialized yet")
                .toList();
        return of(file, "numpy", "npz", "", List.of(), List.of(), List.of(), arrays.arrays(), notes);
    }

    private static Inspection arrays(ByteSource file, String framework, String form, Map<String, Tensor> arrays) {
        return of(file, framework, form, "", List.of(), List.of(), List.of(), arrays, List.of());
    }

    private static Inspection of(
            ByteSource file,
            String framework,
            String form,
            String name,
            List<String> inputs,
            List<String> outputs,
            List<Layer> layers,
            Map<String, Tensor> tensors,
            List<String> notes) {
        List<TensorFact> facts = new ArrayList<>();
        tensors.forEach((key, tensor) -> facts.add(new TensorFact(
                key,
                tensor.type().numpyName(),
                Arrays.stream(tensor.shape().sizes()).boxed().toList())));
        long parameters =
                tensors.values().stream().mapToLong(Tensor::elementCount).sum();
        return new Inspection(
                file.name(), file.length(), framework, form, name, inputs, outputs, layers, facts, parameters, notes);
    }
}
