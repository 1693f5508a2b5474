package dev.entrepot.validator.oracles.libtorch.fuzz;

/** Draws programs of one operator. */
interface Draw {

    /** Adds inputs, weights and statements to the sketch; returns the expression that {@code forward} returns. */
    String draw(Sketch sketch);
}
