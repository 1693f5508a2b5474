package dev.entrepot.validator.oracles.libtorch.fuzz;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.oracle.TorchProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A program being drawn: its inputs, weights and statements. */
final class Sketch {

    private final Dice dice;
    private final Map<String, Tensor> inputs = new LinkedHashMap<>();
    private final Map<String, Tensor> parameters = new LinkedHashMap<>();
    private final Map<String, Tensor> buffers = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();
    private DataType type;

    Sketch(Dice dice) {
        this.dice = dice;
        this.type = dice.oneOf(
                DataType.FLOAT,
                DataType.FLOAT,
                DataType.FLOAT,
                DataType.FLOAT,
                DataType.FLOAT,
                DataType.FLOAT,
                DataType.DOUBLE,
                DataType.FLOAT16);
    }

    Dice dice() {
        return dice;
    }

    /** The floating-point type of this program: mostly float32. */
    DataType type() {
        return type;
    }

    /** Makes this the program's type, for operators that not every type has. */
    Sketch of(DataType... choices) {
        type = dice.oneOf(choices);
        return this;
    }

    /** Keeps the program's type unless it is float16. */
    Sketch notHalf() {
        return type == DataType.FLOAT16 ? of(DataType.FLOAT) : this;
    }

    /** An input of normal numbers of the program's type; returns its name. */
    String input(long... shape) {
        return input(Values.NORMAL, shape);
    }

    /** An input of the program's type. */
    String input(Values values, long... shape) {
        return input(type, values, shape);
    }

    /** An input of any type. */
    String input(DataType of, Values values, long... shape) {
        String name = "x" + inputs.size();
        inputs.put(name, values.fill(dice, of, shape));
        return name;
    }

    /** An input of whole numbers from {@code low} to {@code high} of int64. */
    String whole(int low, int high, long... shape) {
        return input(DataType.INT64, Values.whole(low, high), shape);
    }

    /** Normal numbers of the program's type: mostly a parameter, else a buffer or an input; returns how the program names them. */
    String weight(long... shape) {
        return weight(Values.NORMAL, shape);
    }

    /** Numbers of the program's type: mostly a parameter, else a buffer or an input. */
    String weight(Values values, long... shape) {
        int where = dice.between(0, 9);
        if (where == 0) {
            return input(values, shape);
        }
        boolean isParameter = where > 2;
        String name = (isParameter ? "w" + parameters.size() : "b" + buffers.size());
        (isParameter ? parameters : buffers).put(name, values.fill(dice, type, shape));
        return "self." + name;
    }

    /** A weight, or None. */
    String perhaps(long... shape) {
        return dice.chance(60) ? weight(shape) : "None";
    }

    /** Adds a statement before the return. */
    Sketch line(String statement) {
        lines.add(statement);
        return this;
    }

    /** Copies a value, so that it may be changed in place; returns the copy's name. */
    String copy(String value) {
        String name = "y" + lines.size();
        line(name + " = " + value + (dice.chance(50) ? ".clone()" : " + 0"));
        return name;
    }

    /** Random sizes. */
    long[] sizes(int rank, int low, int high) {
        return IntStream.range(0, rank)
                .mapToLong(axis -> dice.between(low, high))
                .toArray();
    }

    /** Between {@code least} and {@code most} axes of sizes 1 to 5. */
    long[] shape(int least, int most) {
        return sizes(dice.between(least, most), 1, 5);
    }

    /** An axis of this rank, counted from either end. */
    int axis(int rank) {
        return dice.between(-rank, rank - 1);
    }

    /** Some of the axes, each once, counted from either end; at least one. */
    String axes(int rank) {
        int[] order = dice.permutation(rank);
        int count = dice.between(1, rank);
        return IntStream.range(0, count)
                .mapToObj(i -> Integer.toString(dice.chance(50) ? order[i] : order[i] - rank))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** {@code True} or {@code False}. */
    String flag() {
        return dice.chance(50) ? "True" : "False";
    }

    /** {@code [1, 2]}. */
    static String list(long... numbers) {
        return Arrays.toString(numbers);
    }

    /** The number of an element type. Source: pytorch c10/core/ScalarType.h. */
    static int scalarType(DataType of) {
        return switch (of) {
            case UINT8 -> 0;
            case INT8 -> 1;
            case INT16 -> 2;
            case INT32 -> 3;
            case INT64 -> 4;
            case FLOAT16 -> 5;
            case FLOAT -> 6;
            case DOUBLE -> 7;
            case BOOL -> 11;
            default -> throw new IllegalArgumentException("no number for " + of.numpyName());
        };
    }

    /** These sizes and then those. */
    static long[] shape(long[] first, long... more) {
        long[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    /** What an input holds. */
    Tensor tensor(String input) {
        return Objects.requireNonNull(inputs.get(input), input);
    }

    Map<String, Tensor> inputs() {
        return inputs;
    }

    /** The program, once the draw has said what it returns. */
    TorchProgram program(String returned, TorchProgram.Form form) {
        var text = new StringBuilder("def forward(self");
        inputs.keySet().forEach(name -> text.append(", ").append(name));
        text.append("):\n");
        lines.forEach(line -> text.append("  ").append(line).append('\n'));
        text.append("  return ").append(returned).append('\n');
        return new TorchProgram(text.toString(), parameters, buffers, form);
    }
}
