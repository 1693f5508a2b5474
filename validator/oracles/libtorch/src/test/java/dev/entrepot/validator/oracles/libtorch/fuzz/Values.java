package dev.entrepot.validator.oracles.libtorch.fuzz;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How a tensor is filled. */
interface Values {

    /** One value; it is rounded where the type has no fractions. */
    double next(Dice dice);

    /** Around zero. */
    Values NORMAL = Dice::normal;

    /** Some tens, so that whole numbers differ. */
    Values WIDE = dice -> dice.normal() * 20;

    /** From 0.1 upwards. */
    Values POSITIVE = dice -> 0.1 + Math.abs(dice.normal());

    /** Not near 0: from 0.5 upwards in both directions. */
    Values NOT_ZERO = dice -> (dice.chance(50) ? 1 : -1) * (0.5 + Math.abs(dice.normal() * 3));

    /** Inside -1 to 1. */
    Values INSIDE_ONE = dice -> dice.uniform(-0.95, 0.95);

    /** From 1 upwards. */
    Values ABOVE_ONE = dice -> 1.05 + Math.abs(dice.normal());

    /** Few different values with halves, so that some are tied and some round either way. */
    Values TIED = dice -> dice.between(-5, 5) / 2.0;

    /** Infinities and what is no number among normal ones. */
    Values SPECIAL = dice -> dice.chance(60)
            ? dice.normal()
            : dice.oneOf(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.0);

    /** Whole numbers from {@code low} to {@code high}, both included. */
    static Values whole(int low, int high) {
        return dice -> dice.between(low, high);
    }

    /** Numbers from {@code low} to {@code high}. */
    static Values uniform(double low, double high) {
        return dice -> dice.uniform(low, high);
    }

    /** A tensor of such values; a truth value is true in half of its elements. */
    default Tensor fill(Dice dice, DataType type, long... shape) {
        Shape sizes = Shape.of(shape);
        int count = Math.toIntExact(sizes.elementCount());
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.toIntExact(type.byteLength(count))).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            put(bytes, type, dice);
        }
        return new Tensor(type, sizes, TensorData.of(bytes.array()));
    }

    private void put(ByteBuffer bytes, DataType type, Dice dice) {
        switch (type) {
            case FLOAT -> bytes.putFloat((float) next(dice));
            case DOUBLE -> bytes.putDouble(next(dice));
            case FLOAT16 -> bytes.putShort(Half.bits(next(dice)));
            case INT64 -> bytes.putLong(Math.round(next(dice)));
            case INT32 -> bytes.putInt((int) Math.round(next(dice)));
            case INT16 -> bytes.putShort((short) Math.round(next(dice)));
            case INT8 -> bytes.put((byte) Math.round(next(dice)));
            case UINT8 -> bytes.put((byte) Math.abs(Math.round(next(dice))));
            case BOOL -> bytes.put((byte) (dice.chance(50) ? 1 : 0));
            default -> throw new IllegalArgumentException("no values of " + type.numpyName());
        }
    }
}
