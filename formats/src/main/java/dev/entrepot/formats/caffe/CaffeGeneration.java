package dev.entrepot.formats.caffe;

/** The forms that Caffe's net files have had, oldest first. */
public enum CaffeGeneration {
    /** {@code layers { layer { type: "conv" } }}, until 2014. */
    V0,
    /** {@code layers { type: CONVOLUTION }}, until 2015. */
    V1,
    /** {@code layer { type: "Convolution" }}. */
    V2
}
