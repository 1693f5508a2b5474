package dev.entrepot.server.portal;

/** What drawings share. */
final class Plot {

    private Plot() {}

    /** A place with one decimal, which is all that is seen. */
    static double rounded(double place) {
        return Math.round(place * 10) / 10.0;
    }
}
