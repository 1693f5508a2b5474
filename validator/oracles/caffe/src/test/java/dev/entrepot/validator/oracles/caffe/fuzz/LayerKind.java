package dev.entrepot.validator.oracles.caffe.fuzz;

/** Draws layers of one type. */
interface LayerKind {

    /** Adds one layer with random attributes to the sketch. */
    void draw(Sketch sketch);
}
