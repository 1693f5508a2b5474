package dev.entrepot.server.sessions;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import dev.entrepot.validator.run.RuntimeFailure;
import dev.entrepot.validator.run.ServingSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/**
 * Joins requests along the first dimension and parts their answers.
 *
 * <p>A symbolic first dimension may be a batch, and may be the length of a sequence, where joining would be wrong. So it is tried when a model is
 * loaded: two random rows run alone and together must give the same. Models whose other dimensions are open, or whose inputs are not
 * floats, are not tried and not joined.
 */
final class RowBatches {

    private static final long MOST_ROWS = 256;
    private static final double CLOSE = 1e-4;

    private final boolean allowed;

    private RowBatches(boolean allowed) {
        this.allowed = allowed;
    }

    /** Finds out whether a model's rows are independent. */
    static RowBatches proved(ServingSession session) {
        try {
            return new RowBatches(declaresRows(session) && keepsRowsApart(session));
        } catch (RuntimeFailure e) {
            return new RowBatches(false);
        }
    }

    boolean allowed() {
        return allowed;
    }

    /** The rows of a request; 0 if it must run alone. */
    long rows(Map<String, Tensor> inputs) {
        if (!allowed) {
            return 0;
        }
        long[] rows = inputs.values().stream()
                .mapToLong(tensor -> tensor.shape().sizes()[0])
                .distinct()
                .toArray();
        return rows.length == 1 ? rows[0] : 0;
    }

    /** Whether a request may run with those of which {@code first} was the first, which have so many rows. */
    boolean mayJoin(Waiting first, Waiting next, long rows) {
        return allowed && first.rows() > 0 && next.rows() > 0 && rows + next.rows() <= MOST_ROWS;
    }

    /** Runs several requests as one. */
    void run(ServingSession session, List<Waiting> together, Set<String> wanted) {
        Map<String, Tensor> joined = new LinkedHashMap<>();
        for (String name : together.get(0).inputs().keySet()) {
            joined.put(
                    name,
                    join(together.stream()
                            .map(waiting -> waiting.inputs().get(name))
                            .toList()));
        }
        Map<String, Tensor> outputs = session.run(joined, wanted);
        long from = 0;
        for (Waiting waiting : together) {
            Map<String, Tensor> own = new LinkedHashMap<>();
            for (String name : waiting.wanted()) {
                own.put(name, rows(output(outputs, name), from, waiting.rows()));
            }
            waiting.give(own);
            from += waiting.rows();
        }
    }

    private static Tensor output(Map<String, Tensor> outputs, String name) {
        return Objects.requireNonNull(outputs.get(name), name);
    }

    /** [N, ...] and [M, ...] -> [N + M, ...]. */
    private static Tensor join(List<Tensor> parts) {
        Tensor first = parts.get(0);
        long rows = parts.stream().mapToLong(part -> part.shape().sizes()[0]).sum();
        long bytes = parts.stream().mapToLong(part -> part.data().byteLength()).sum();
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(bytes));
        parts.forEach(part -> all.put(part.toBytes()));
        return new Tensor(first.type(), first.shape().with(0, Dim.of(rows)), TensorData.of(all.array()));
    }

    private static Tensor rows(Tensor all, long from, long count) {
        long each = all.data().byteLength() / all.shape().sizes()[0];
        ByteSource bytes = ByteSource.of("rows", all.toBytes().array()).slice(from * each, count * each);
        return new Tensor(all.type(), all.shape().with(0, Dim.of(count)), TensorData.of(bytes));
    }

    private static boolean declaresRows(ServingSession session) {
        List<Value> inputs = session.inputs();
        boolean open = !inputs.isEmpty()
                && inputs.stream().allMatch(input -> input.dataType() == DataType.FLOAT && isRows(input.shape()));
        return open
                && session.outputs().stream().allMatch(output -> {
                    Shape shape = output.shape();
                    return output.dataType() != DataType.STRING
                            && shape.ranked()
                            && shape.rank() > 0
                            && !shape.dim(0).isKnown();
                });
    }

    private static boolean isRows(Shape shape) {
        return shape.ranked()
                && shape.rank() > 1
                && !shape.dim(0).isKnown()
                && shape.dims().stream().skip(1).allMatch(Dim::isKnown);
    }

    private static boolean keepsRowsApart(ServingSession session) {
        Set<String> names = new LinkedHashSet<>();
        session.outputs().forEach(output -> names.add(output.name()));
        List<Map<String, Tensor>> alone = new ArrayList<>();
        Map<String, Tensor> together = new LinkedHashMap<>();
        Random random = new Random(1);
        Map<String, Tensor> first = new LinkedHashMap<>();
        Map<String, Tensor> second = new LinkedHashMap<>();
        for (Value input : session.inputs()) {
            first.put(input.name(), row(input.shape(), random));
            second.put(input.name(), row(input.shape(), random));
            together.put(input.name(), join(List.of(first.get(input.name()), second.get(input.name()))));
        }
        alone.add(session.run(first, names));
        alone.add(session.run(second, names));
        Map<String, Tensor> both = session.run(together, names);
        return names.stream()
                .allMatch(name -> equal(output(both, name), output(alone.get(0), name), output(alone.get(1), name)));
    }

    private static Tensor row(Shape declared, Random random) {
        Shape shape = declared.with(0, Dim.of(1));
        float[] values = new float[Math.toIntExact(shape.elementCount())];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return Tensor.of(shape, values);
    }

    private static boolean equal(Tensor both, Tensor first, Tensor second) {
        boolean isTwoRows = both.shape().sizes().length > 0
                && first.shape().sizes().length > 0
                && both.shape().sizes()[0] == 2
                && first.shape().sizes()[0] == 1;
        if (!isTwoRows
                || both.data().byteLength()
                        != first.data().byteLength() + second.data().byteLength()) {
            return false;
        }
        Tensor expected = join(List.of(first, second));
        if (both.type() != DataType.FLOAT) {
            return both.toBytes().equals(expected.toBytes());
        }
        ByteBuffer found = both.toBytes().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer wanted = expected.toBytes().order(ByteOrder.LITTLE_ENDIAN);
        while (found.hasRemaining()) {
            double value = wanted.getFloat();
            if (!(Math.abs(found.getFloat() - value) <= CLOSE * Math.max(1, Math.abs(value)))) {
                return false;
            }
        }
        return true;
    }
}
