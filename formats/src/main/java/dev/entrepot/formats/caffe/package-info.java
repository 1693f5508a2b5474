/**
 * Caffe's nets as records: prototxt, caffemodel, HDF5 snapshots and binaryproto means, of all generations and forks.
 *
 * <p>{@link dev.entrepot.formats.caffe.CaffeNet} is what is left after Caffe's own upgrades (V0, V1, V2, legacy inputs) and its phase
 * and stage rules; a weight is a place in a file. Names are Caffe's: layers, blobs, bottoms, tops. This package knows no ONNX graph and
 * not what a layer computes.
 */
@NullMarked
package dev.entrepot.formats.caffe;

import org.jspecify.annotations.NullMarked;
