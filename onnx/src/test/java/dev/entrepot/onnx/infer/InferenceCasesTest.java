package dev.entrepot.onnx.infer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problems;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.onnx.graph.ValueType.OptionalType;
import dev.entrepot.onnx.graph.ValueType.SequenceType;
import dev.entrepot.onnx.graph.ValueType.TensorType;
import dev.entrepot.onnx.text.OnnxText;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Walks the cases that tools/inference_cases made from the ONNX backend's tests and ONNX Runtime. */
class InferenceCasesTest {

    /** How much less than everything is told of the inputs. */
    enum Told {
        SIZES_ONLY_AS_SYMBOLS(shape -> Shape.of(
                shape.dims().stream().map(dim -> Dim.of("_" + dim.size())).toList())),
        BATCH_ONLY_AS_A_SYMBOL(shape -> shape.rank() == 0 ? shape : shape.with(0, Dim.of("_" + shape.dim(0)))),
        ONLY_RANKS(shape -> Shape.ofRank(shape.rank())),
        ONLY_ELEMENT_TYPES(shape -> Shape.UNRANKED),
        NO_CONTENTS(shape -> shape);

        final UnaryOperator<Shape> shape;

        Told(UnaryOperator<Shape> shape) {
            this.shape = shape;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard", "drawn"})
    void what_really_came_out_is_inferred(String file) {
        List<String> wrong = new ArrayList<>();
        List<String> lines = lines(file);
        for (String line : lines) {
            Model expected = OnnxText.parse(line);
            check(expected, untyped(expected.graph()), line, wrong, InferenceCasesTest::agrees);
        }
        assertThat(wrong).as("of %s cases", lines.size()).isEmpty();
        assertThat(lines).hasSizeGreaterThan(1000);
    }

    @ParameterizedTest
    @EnumSource
    void told_less_inference_knows_less_but_nothing_wrong(Told told) {
        List<String> wrong = new ArrayList<>();
        for (String line : Stream.concat(lines("standard").stream(), lines("drawn").stream())
                .toList()) {
            Model expected = OnnxText.parse(line);
            check(expected, weakened(untyped(expected.graph()), told), line, wrong, InferenceCasesTest::permits);
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void what_nobody_runs_is_refused() {
        List<String> accepted = new ArrayList<>();
        for (String line : lines("refused")) {
            Problems problems = new Problems();
            Model model = OnnxText.parse(line);
            Inference.infer(model.withGraph(untyped(model.graph())), SourceLocation.file("case"), problems);
            if (problems.isEmpty()) {
                accepted.add(line);
            }
        }
        assertThat(accepted).isEmpty();
    }

    @Test
    void every_operator_with_a_rule_has_a_case() {
        Set<String> without = new TreeSet<>(Inference.operators());
        Stream.concat(lines("standard").stream(), lines("drawn").stream())
                .forEach(line -> without.removeIf(op -> line.contains(" = " + op + " ")));
        assertThat(without).isEmpty();
    }

    private interface Comparison {
        boolean holds(ValueType expected, ValueType found);
    }

    private static void check(Model expected, Graph graph, String line, List<String> wrong, Comparison comparison) {
        Problems problems = new Problems();
        Model inferred = Inference.infer(expected.withGraph(graph), SourceLocation.file("case"), problems);
        if (!problems.isEmpty()) {
            wrong.add(new ModelException(problems.found()).getMessage() + " in " + line);
            return;
        }
        for (int i = 0; i < expected.graph().outputs().size(); i++) {
            ValueType real = expected.graph().outputs().get(i).type();
            ValueType found = inferred.graph().outputs().get(i).type();
            if (!comparison.holds(real, found)) {
                wrong.add("found " + found + ", expected " + real + " in " + line);
            }
        }
    }

    /** Whether all is found that is expected; a size _7 need not be. */
    private static boolean agrees(ValueType expected, ValueType found) {
        return compare(expected, found, InferenceCasesTest::agrees);
    }

    /** Whether nothing is found that is not so. */
    private static boolean permits(ValueType expected, ValueType found) {
        return found.equals(ValueType.UNKNOWN) || compare(expected, found, InferenceCasesTest::permits);
    }

    private interface ShapeComparison {
        boolean holds(Shape expected, Shape found);
    }

    private static boolean compare(ValueType expected, ValueType found, ShapeComparison shapes) {
        if (expected instanceof TensorType real && found instanceof TensorType tensor) {
            return real.type() == tensor.type() && shapes.holds(real.shape(), tensor.shape());
        }
        if (expected instanceof SequenceType real && found instanceof SequenceType sequence) {
            return compare(real.element(), sequence.element(), shapes);
        }
        return expected instanceof OptionalType real
                && found instanceof OptionalType optional
                && compare(real.element(), optional.element(), shapes);
    }

    private static boolean agrees(Shape expected, Shape found) {
        if (!expected.ranked()) {
            return true;
        }
        boolean allOpen = expected.dims().stream().noneMatch(Dim::isKnown) && expected.rank() > 0;
        return found.ranked() ? permits(expected, found) && knowsNumbers(expected, found) : allOpen;
    }

    private static boolean knowsNumbers(Shape expected, Shape found) {
        for (int axis = 0; axis < expected.rank(); axis++) {
            if (expected.dim(axis).isKnown() && !found.dim(axis).isKnown()) {
                return false;
            }
        }
        return true;
    }

    private static boolean permits(Shape expected, Shape found) {
        if (!expected.ranked() || !found.ranked()) {
            return true;
        }
        if (expected.rank() != found.rank()) {
            return false;
        }
        for (int axis = 0; axis < expected.rank(); axis++) {
            String real = size(expected.dim(axis));
            String known = size(found.dim(axis));
            if (!known.equals("?") && !real.equals("?") && !known.equals(real)) {
                return false;
            }
        }
        return true;
    }

    /** The number, also of _7; of the symbols that a model has of its own nothing is known here. */
    private static String size(Dim dim) {
        String text = dim.toString();
        return text.startsWith("_") ? text.substring(1) : dim.isKnown() ? text : "?";
    }

    private static Graph weakened(Graph graph, Told told) {
        List<Value> inputs = new ArrayList<>();
        for (Value input : graph.inputs()) {
            inputs.add(weakened(input, told));
        }
        Map<String, Tensor> initializers = graph.initializers();
        if (told == Told.NO_CONTENTS) {
            initializers.forEach((name, tensor) -> inputs.add(Value.tensor(name, tensor.type(), tensor.shape())));
            initializers = Map.of();
        }
        return Graph.of(graph.name(), inputs, graph.outputs(), graph.nodes(), initializers);
    }

    private static Value weakened(Value input, Told told) {
        return input.type() instanceof TensorType tensor && tensor.shape().isStatic()
                ? Value.tensor(input.name(), tensor.type(), told.shape.apply(tensor.shape()))
                : input;
    }

    private static Graph untyped(Graph graph) {
        return Graph.of(
                graph.name(),
                graph.inputs(),
                untyped(graph.outputs()),
                graph.nodes().stream().map(InferenceCasesTest::untyped).toList(),
                graph.initializers());
    }

    private static Node untyped(Node node) {
        return node.with(untyped(node.inputs()), untyped(node.outputs()));
    }

    private static List<Value> untyped(List<Value> values) {
        return values.stream().map(value -> value.withType(ValueType.UNKNOWN)).toList();
    }

    private static List<String> lines(String file) {
        try (InputStream in = InferenceCasesTest.class.getResourceAsStream(file + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
