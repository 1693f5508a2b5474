package dev.entrepot.formats.torch.exported;

/** How a tensor lies in memory. Source: schema.py, MemoryFormat; the constants stand in the order of its numbers. */
public enum MemoryFormat {
    /** Not known. */
    UNKNOWN,
    /** Row-major. */
    CONTIGUOUS_FORMAT,
    /** Channels innermost, for images. */
    CHANNELS_LAST,
    /** Channels innermost, for volumes. */
    CHANNELS_LAST_3D,
    /** As the source tensor lies. */
    PRESERVE_FORMAT
}
