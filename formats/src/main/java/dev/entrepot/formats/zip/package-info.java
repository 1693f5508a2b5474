/**
 * Zip archives, read as data and never unpacked.
 *
 * <p>Entries are byte sources: a stored one is a slice of the archive's file, a deflated one is inflated while it is read. The reader takes
 * nothing on trust: local headers must agree with the central directory, checksums are verified. This package knows bytes, and not what the
 * entries mean; it never writes a file that an archive names.
 */
@NullMarked
package dev.entrepot.formats.zip;

import org.jspecify.annotations.NullMarked;
