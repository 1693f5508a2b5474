package dev.entrepot.server.inference;

import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.HalfFloats;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The highest elements of an output instead of the output, as {@code value:index} or {@code value:index:label}. The first dimension of an output of
 * several is the batch. Source: Triton docs/protocol/extension_classification.md.
 */
final class Classification {

    private Classification() {}

    /**
     * [N, ...] -> [N, count]; [C] -> [count].
     *
     * @param labels the classes' names by index; none if they have no names
     */
    static Tensor of(String name, Tensor output, int count, List<String> labels) {
        long[] sizes = output.shape().sizes();
        int batch = sizes.length > 1 ? Math.toIntExact(sizes[0]) : 1;
        int classes = batch == 0 ? 0 : Math.toIntExact(output.elementCount() / batch);
        int most = Math.min(count, classes);
        double[] values = values(name, output);
        List<String> found = new ArrayList<>();
        for (int row = 0; row < batch; row++) {
            int first = row * classes;
            IntStream.range(0, classes)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer index) -> -values[first + index]))
                    .limit(most)
                    .forEach(index -> found.add(word(output.type(), values[first + index], index, labels)));
        }
        return Tensor.of(sizes.length > 1 ? Shape.of(batch, most) : Shape.of(most), found);
    }

    private static String word(DataType type, double value, int index, List<String> labels) {
        String number = switch (type) {
            case DOUBLE -> Double.toString(value);
            case FLOAT, FLOAT16, BFLOAT16 -> Float.toString((float) value);
            default -> Long.toString((long) value);
        };
        return number + ":" + index + (index < labels.size() ? ":" + labels.get(index) : "");
    }

    private static double[] values(String name, Tensor output) {
        double[] values = new double[Math.toIntExact(output.elementCount())];
        if (output.type() == DataType.DOUBLE || output.type() == DataType.FLOAT) {
            ByteBuffer bytes = output.toBytes();
            for (int i = 0; i < values.length; i++) {
                values[i] = output.type() == DataType.FLOAT ? bytes.getFloat() : bytes.getDouble();
            }
            return values;
        }
        if (output.type() == DataType.FLOAT16 || output.type() == DataType.BFLOAT16) {
            ByteBuffer bytes = output.toBytes();
            for (int i = 0; i < values.length; i++) {
                values[i] = output.type() == DataType.FLOAT16
                        ? HalfFloats.ofHalf(bytes.getShort())
                        : HalfFloats.ofBrain(bytes.getShort());
            }
            return values;
        }
        if (output.type() == DataType.STRING) {
            throw new ProblemException(Kind.BAD_REQUEST, "output \"" + name + "\" holds strings, which are no classes");
        }
        long[] whole = output.toLongs();
        for (int i = 0; i < values.length; i++) {
            values[i] = whole[i];
        }
        return values;
    }
}
