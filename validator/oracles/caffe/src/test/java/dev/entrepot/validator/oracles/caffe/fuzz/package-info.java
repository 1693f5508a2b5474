/**
 * Random Caffe nets, for comparing genuine Caffe with what its importer makes of them.
 *
 * <p>A {@link dev.entrepot.validator.oracles.caffe.fuzz.Sketch} is a net being drawn, {@link
 * dev.entrepot.validator.oracles.caffe.fuzz.LayerKinds} the table of layer types that can be added to it, each with every attribute of
 * caffe.proto. A case depends on its kind and seed only. The shape rules here are told a second time on purpose; this package must not use
 * the importer's.
 */
@NullMarked
package dev.entrepot.validator.oracles.caffe.fuzz;

import org.jspecify.annotations.NullMarked;
