package dev.entrepot.formats.torch.exported;

/** How a tensor's elements are stored. Source: schema.py, Layout; the constants stand in the order of its numbers. */
public enum Layout {
    /** Not known. */
    UNKNOWN,
    /** Coordinates and values. */
    SPARSE_COO,
    /** Compressed rows. */
    SPARSE_CSR,
    /** Compressed columns. */
    SPARSE_CSC,
    /** Compressed rows of blocks. */
    SPARSE_BSR,
    /** Compressed columns of blocks. */
    SPARSE_BSC,
    /** As oneDNN likes it. */
    MKLDNN,
    /** Every element, at strides. */
    STRIDED
}
