package dev.entrepot.importers.torch.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.importers.torch.schema.Argument;
import dev.entrepot.importers.torch.schema.AtenSchemas;
import dev.entrepot.importers.torch.schema.FunctionSchema;
import dev.entrepot.importers.torch.schema.SchemaType;
import dev.entrepot.importers.torch.schema.SchemaType.ListType;
import dev.entrepot.importers.torch.schema.SchemaType.Plain;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers in a model that would make more than there is time and room for. */
class HostileNumbersTest {

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final List<long[]> SHAPES = List.of(new long[] {2, 3, 4, 5}, new long[] {3, 3}, new long[] {6});

    private final TorchGraph graph = new TorchGraph(AtenTable::find, "net", SourceLocation.file("net.pt"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aten::group_norm     | num_groups  | 2147483648          | 8 channels cannot be divided into 2147483648 groups",
                "aten::group_norm     | num_groups  | 0                   | 8 channels cannot be divided into 0 groups",
                "aten::group_norm     | num_groups  | 3                   | 8 channels cannot be divided into 3 groups",
                "aten::combinations   | r           | -1                  | r is -1, expected 0 or more",
                "aten::combinations   | r           | 1000000             | makes 500001500001000000 numbers at once",
                "aten::linalg_matrix_power | n      | -9223372036854775808 | absolute value is beyond 64 bits",
                "aten::unfold         | size        | 1099511627776       | makes 1099511627776 numbers at once",
                "aten::tril_indices   | row         | 1099511627776       | makes 9895604649984 numbers at once",
                "aten::hsplit         | sections    | 30000               | makes 30000 parts at once, the limit is 8192",
            })
    void what_cannot_be_made_is_refused_with_its_numbers(String op, String argument, long number, String reason) {
        Map<String, IValue> arguments = new LinkedHashMap<>();
        switch (op) {
            case "aten::group_norm" -> arguments.put("input", input(2, 8, 4));
            case "aten::combinations" -> {
                arguments.put("self", input(9));
                arguments.put("with_replacement", IValue.of(true));
            }
            case "aten::unfold" -> {
                arguments.put("self", input(2, 8, 4));
                arguments.put("dimension", IValue.of(2));
                arguments.put("step", IValue.of(1));
            }
            case "aten::tril_indices" -> arguments.put("col", IValue.of(9));
            default -> arguments.put("self", input(4, 4));
        }
        arguments.put(argument, IValue.of(number));

        graph.call(op, List.of(), arguments);

        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(graph::build)
                .withMessageStartingWith("net.pt: " + op)
                .withMessageContaining(reason);
    }

    @Test
    void a_huge_power_of_a_matrix_is_as_many_squares_as_it_has_bits() {
        graph.output("y", graph.call("aten::linalg_matrix_power", input(4, 4), IValue.of(1L << 62)));

        Graph made = graph.build();

        assertThat(made.nodes().stream().map(Node::op)).containsOnly("MatMul").hasSize(62);
    }

    @ParameterizedTest
    @CsvSource({"4, 2, false, 0 1 0 2 0 3 1 2 1 3 2 3", "3, 2, true, 0 0 0 1 0 2 1 1 1 2 2 2", "2, 3, false, ''"})
    void combinations_are_in_the_order_of_places(long size, long r, boolean again, String places) {
        IValue self = input(size);
        graph.output("y", graph.call("aten::combinations", self, IValue.of(r), IValue.of(again)));

        Tensor table = graph.build().initializers().values().iterator().next();

        assertThat(table.shape().dim(1).size()).isEqualTo(r);
        List<String> found = new ArrayList<>();
        for (var bytes = table.toBytes(); bytes.hasRemaining(); ) {
            found.add(Long.toString(bytes.getLong()));
        }
        assertThat(String.join(" ", found)).isEqualTo(places);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 1L << 31, Long.MAX_VALUE})
    void no_number_stops_the_importer_or_goes_past_it(long number) {
        AtenTable.names().stream()
                .filter(name -> name.startsWith("aten::"))
                .map(name -> name.split("\\.", 2)[0])
                .distinct()
                .flatMap(name -> AtenSchemas.overloads(name).stream())
                .forEach(schema -> SHAPES.forEach(shape -> holds(schema, shape, number)));
    }

    private static void holds(FunctionSchema schema, long[] shape, long number) {
        for (Argument argument : schema.arguments()) {
            if (isWhole(argument.type())) {
                assertTimeoutPreemptively(
                        LONGEST,
                        () -> assertThatCode(() -> call(schema, shape, argument, number))
                                .as("%s with %s = %d", schema.qualifiedName(), argument.name(), number)
                                .doesNotThrowAnyException());
            }
        }
    }

    private static void call(FunctionSchema schema, long[] shape, Argument hostile, long number) {
        TorchGraph graph = new TorchGraph(AtenTable::find, "net", SourceLocation.file("net.pt"));
        Map<String, IValue> arguments = new LinkedHashMap<>();
        for (Argument argument : schema.arguments()) {
            if (argument.equals(hostile)) {
                arguments.put(argument.name(), numbers(argument.type(), number));
            } else if (argument.isRequired()) {
                arguments.put(argument.name(), ordinary(graph, argument, shape));
            }
        }
        IValue result = graph.callExact(schema.qualifiedName(), List.of(), arguments);
        try {
            if (result instanceof TensorRef) {
                graph.output("y", result);
            }
            graph.build();
        } catch (ModelException refused) {
            assertThat(refused).hasMessageStartingWith("net.pt: ");
        }
    }

    private static boolean isWhole(SchemaType type) {
        SchemaType element =
                type.present() instanceof ListType list ? list.element().present() : type.present();
        return element == Plain.INT || element == Plain.SYM_INT || element == Plain.SCALAR;
    }

    private static IValue numbers(SchemaType type, long number) {
        return type.present() instanceof ListType list
                ? IValue.list(List.of(IValue.of(number), IValue.of(1))
                        .subList(0, Math.min(2, list.size().orElse(2))))
                : IValue.of(number);
    }

    private static IValue ordinary(TorchGraph graph, Argument argument, long[] shape) {
        if (argument.type().present() instanceof ListType list) {
            List<IValue> items = new ArrayList<>();
            for (int i = 0; i < list.size().orElse(2); i++) {
                items.add(ordinary(graph, list.element().present(), argument.name() + i, shape));
            }
            return IValue.list(items);
        }
        return ordinary(graph, argument.type().present(), argument.name(), shape);
    }

    private static IValue ordinary(TorchGraph graph, SchemaType type, String name, long[] shape) {
        if (!(type instanceof Plain plain)) {
            return IValue.NONE;
        }
        return switch (plain) {
            case TENSOR -> graph.input(name, name.startsWith("ind") ? DataType.INT64 : DataType.FLOAT, Shape.of(shape));
            case INT, SYM_INT, SCALAR -> IValue.of(1);
            case FLOAT -> IValue.of(0.5);
            case BOOL, SYM_BOOL -> IValue.of(false);
            case STR -> IValue.of("mean");
            case SCALAR_TYPE -> IValue.of(6);
            default -> IValue.NONE;
        };
    }

    private TensorRef input(long... shape) {
        return graph.input("x", DataType.FLOAT, Shape.of(shape));
    }
}
