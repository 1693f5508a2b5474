package dev.entrepot.validator.oracles.caffe.fuzz;

/** How an axis is written: left out where it is the default, from the start, or from the end. */
final class Axes {

    /** For {@link #write} where leaving the axis out means something else. */
    static final int NEVER_LEFT_OUT = Integer.MIN_VALUE;

    private Axes() {}

    static void write(Dice dice, Message message, String name, int axis, int rank, int usual) {
        if (axis == usual && dice.chance(60)) {
            return;
        }
        message.put(name, dice.chance(50) ? axis : axis - rank);
    }
}
