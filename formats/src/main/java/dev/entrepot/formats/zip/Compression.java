package dev.entrepot.formats.zip;

/** How an entry's bytes lie in the archive; the only two methods supported. */
public enum Compression {
    /** As they are: the entry is a slice of the archive. */
    STORED(0),
    /** As a deflate stream. Source: RFC 1951. */
    DEFLATED(8);

    private final int method;

    Compression(int method) {
        this.method = method;
    }

    /** The number in the headers. Source: APPNOTE.TXT 4.4.5. */
    int method() {
        return method;
    }
}
