package dev.entrepot.importers.chainer.functions;

import static dev.entrepot.importers.chainer.functions.Entries.one;

import dev.entrepot.importers.chainer.call.Support;
import java.util.List;

/** Noise, which test mode leaves out. Source: chainer/functions/noise. */
final class Noise {

    // spotless:off
    static final List<Support> TABLE = List.of(one("dropout(x, ratio=0.5)", call -> call.value("x")));
    // spotless:on

    private Noise() {}
}
