package dev.entrepot.importers.caffe;

/** A lowering needs a number where the shape has a symbol. The walk begins again with numbers. */
final class StaticSizeNeeded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String why;

    StaticSizeNeeded(String why) {
        super(why, null, false, false);
        this.why = why;
    }

    String why() {
        return why;
    }
}
