package dev.entrepot.formats.zip;

import dev.entrepot.bytes.ByteSource;

/**
 * An entry of an archive.
 *
 * @param name the name, with {@code /} between folders; relative, without {@code ..}
 * @param compression how it lies in the archive
 * @param length the number of bytes of its contents
 * @param crc32 the checksum of its contents, unsigned
 * @param data its contents. Once they are read to the end, or at all where stored, the checksum has been verified; a wrong one is a
 *     {@link dev.entrepot.bytes.ModelException} (malformed). Messages call it {@code archive.zip!entry}.
 * @param packed its bytes as they lie in the archive: a plain slice, not verified
 */
public record ZipEntry(
        String name, Compression compression, long length, long crc32, ByteSource data, ByteSource packed) {

    /** Whether it stands for a folder. */
    public boolean isDirectory() {
        return name.endsWith("/");
    }
}
