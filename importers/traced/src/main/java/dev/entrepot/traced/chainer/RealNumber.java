package dev.entrepot.traced.chainer;

/** A float of Python on its way here: a plain 1.0 could not be told from 1. */
record RealNumber(double value) {}
