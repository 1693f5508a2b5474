package dev.entrepot.onnx.opset;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.infer.Contents;
import dev.entrepot.onnx.infer.Element;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.List;
import java.util.stream.LongStream;

/** What is known before the model runs, written out as constants for opsets that could not compute it. */
final class Constants {

    private static final long MOST_ELEMENTS = 1 << 22;

    private Constants() {}

    /** Constant 12 to 11: lists and single numbers become tensors. */
    static void constant(Node node, Rewrite to) {
        for (var entry : node.attributes().values().entrySet()) {
            if (!entry.getKey().equals("value") && !entry.getKey().equals("sparse_value")) {
                to.finish(Attributes.NONE.with("value", tensor(entry.getValue(), to)));
                return;
            }
        }
        to.finish(node.attributes());
    }

    /** Constant 9 to 1, which has floating point only: others become initializers. */
    static void constantOrInitializer(Node node, Rewrite to) {
        Tensor value = node.attributes().tensor("value").orElseThrow(() -> to.cannot("it holds no tensor"));
        if (value.type().isFloatingPoint()) {
            to.finish(node.attributes());
        } else {
            to.finish(value);
        }
    }

    private static Tensor tensor(Attribute attribute, Rewrite to) {
        if (attribute instanceof Attribute.IntValue number) {
            return Tensor.scalar(number.value());
        } else if (attribute instanceof Attribute.FloatValue number) {
            return Tensor.scalar(number.value());
        } else if (attribute instanceof Attribute.StringValue text) {
            return Tensor.of(Shape.SCALAR, List.of(text.value()));
        } else if (attribute instanceof Attribute.IntsValue numbers) {
            return Tensor.vector(
                    numbers.values().stream().mapToLong(Long::longValue).toArray());
        } else if (attribute instanceof Attribute.StringsValue texts) {
            return Tensor.of(Shape.of(texts.values().size()), texts.values());
        } else if (attribute instanceof Attribute.FloatsValue numbers) {
            float[] values = new float[numbers.values().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = numbers.values().get(i);
            }
            return Tensor.vector(values);
        }
        throw to.cannot("it holds no tensor");
    }

    /** ConstantOfShape 9. */
    static void constantOfShape(Node node, Rewrite to) {
        Tensor value = node.attributes().tensor("value").orElse(Tensor.vector(0f));
        long[] sizes = to.requireLongs(node.input(0), "the shape");
        Value one = to.constant(
                "value",
                value.reshape(LongStream.range(0, sizes.length).map(i -> 1).toArray()));
        to.finish("Identity", Attributes.NONE, tiled(one, to, Shape.of(sizes)));
    }

    /** Expand 8. */
    static void expand(Node node, Rewrite to) {
        to.finish(
                "Identity",
                Attributes.NONE,
                tiled(node.input(0), to, to.shape(node.outputs().get(0))));
    }

    /** The value repeated to a shape that it broadcasts to. */
    static Value tiled(Value value, Rewrite to, Shape target) {
        Shape shape = to.staticShape(value);
        if (!target.isStatic()) {
            throw to.cannot("broadcasting needs a known shape, it is " + target);
        }
        long[] ones = LongStream.range(0, target.rank()).map(i -> 1).toArray();
        System.arraycopy(shape.sizes(), 0, ones, target.rank() - shape.rank(), shape.rank());
        long[] repeats = target.sizes();
        boolean alike = true;
        for (int i = 0; i < repeats.length; i++) {
            repeats[i] = ones[i] == 0 ? 1 : repeats[i] / ones[i];
            alike &= repeats[i] == 1;
        }
        Value whole = shape.rank() == target.rank() ? value : to.add("Reshape", value, to.ints("shape", ones));
        return alike ? whole : to.add("Tile", whole, to.ints("repeats", repeats));
    }

    /** Range 11. */
    static void range(Node node, Rewrite to) {
        DataType type = to.dataType(node.input(0));
        double[] bounds = new double[3];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = number(node.input(i), to);
        }
        double count = Math.max(0, Math.ceil((bounds[1] - bounds[0]) / bounds[2]));
        if (!(count <= MOST_ELEMENTS)) {
            throw to.cannot("it makes " + count + " elements, at most " + MOST_ELEMENTS + " are written out");
        }
        double[] values = LongStream.range(0, (long) count)
                .mapToDouble(i -> bounds[0] + i * bounds[2])
                .toArray();
        write(to, Numbers.tensor(type, Shape.of(values.length), values));
    }

    private static double number(Value value, Rewrite to) {
        Contents known = to.elements(value)
                .orElseThrow(() -> to.cannot("\"" + value.name() + "\" must be constant, it is computed"));
        Element element = known.elements().get(0);
        if (element instanceof Element.Whole whole) {
            return whole.value();
        } else if (element instanceof Element.Real real) {
            return real.value();
        }
        throw to.cannot("\"" + value.name() + "\" must be constant, it is computed");
    }

    /** BlackmanWindow, HammingWindow, HannWindow 17. Source: onnx/defs/math/defs.cc, their function bodies. */
    static void window(Node node, Rewrite to) {
        long size = to.requireLongs(node.input(0), "size")[0];
        boolean periodic = node.attributes().intOr("periodic", 1) != 0;
        long type = node.attributes().intOr("output_datatype", DataType.FLOAT.code());
        if (size < 0 || size > MOST_ELEMENTS || !periodic && size < 2) {
            throw to.cannot("the size is " + size + ", 2 to " + MOST_ELEMENTS + " is written out");
        }
        double turn = 2 * Math.PI / (periodic ? size : size - 1);
        double[] values = LongStream.range(0, size)
                .mapToDouble(i -> switch (node.op()) {
                    case "HannWindow" -> 0.5 - 0.5 * Math.cos(turn * i);
                    case "HammingWindow" -> 25 / 46.0 - 21 / 46.0 * Math.cos(turn * i);
                    default -> 0.42 - 0.5 * Math.cos(turn * i) + 0.08 * Math.cos(2 * turn * i);
                })
                .toArray();
        write(to, Numbers.tensor(DataType.ofCode((int) type).orElse(DataType.FLOAT), Shape.of(size), values));
    }

    /** Trilu 14: a choice between the value and zero by a constant mask. */
    static void triangle(Node node, Rewrite to) {
        Value x = node.input(0);
        long[] sizes = to.staticShape(x).sizes();
        long diagonal = node.input(1).isNone() ? 0 : to.requireLongs(node.input(1), "k")[0];
        int rows = Math.toIntExact(sizes[sizes.length - 2]);
        int columns = Math.toIntExact(sizes[sizes.length - 1]);
        boolean upper = node.attributes().intOr("upper", 1) != 0;
        double[] mask = new double[Math.multiplyExact(rows, columns)];
        for (int i = 0; i < mask.length; i++) {
            long above = i % columns - i / columns - diagonal;
            mask[i] = (upper ? above >= 0 : above <= 0) ? 1 : 0;
        }
        Value kept = to.constant("mask", Numbers.tensor(DataType.BOOL, Shape.of(rows, columns), mask));
        to.finish("Where", Attributes.NONE, kept, x, to.scalarLike(x, 0));
    }

    private static void write(Rewrite to, Tensor tensor) {
        to.finish("Constant", Attributes.NONE.with("value", tensor));
    }
}
