package dev.entrepot.zoo;

import dev.entrepot.bytes.AtomicFile;
import dev.entrepot.zoo.store.Blob;
import dev.entrepot.zoo.store.Digest;
import dev.entrepot.zoo.store.FileBlobStore;
import dev.entrepot.zoo.store.NoSuchBlobException;
import dev.entrepot.zoo.store.OpenBlob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A zoo in one zip file: the catalogue, and every blob under its digest.
 *
 * @param blobs how many blobs
 * @param bytes how long they are, all together
 * @param catalogue whether the catalogue is in it; one in PostgreSQL is backed up by PostgreSQL's own tools
 */
public record Backup(int blobs, long bytes, boolean catalogue) {

    private static final String CATALOGUE = "catalogue.mv.db";
    private static final String BLOBS = "blobs/sha256/";

    /**
     * Writes a zoo, which may go on working, as of one moment. The file is there as a whole or not at all.
     *
     * @throws IOException if the disk, the store or the database fails, or a blob is damaged
     */
    public static Backup write(Zoo zoo, Path file) throws IOException {
        try (WorkFolder work = zoo.workFolder()) {
            // A version that is removed while this runs takes its blobs along only after their time of grace.
            for (Digest digest : zoo.catalogue().neededBlobs()) {
                zoo.blobs().keep(digest);
            }
            Path tables = work.path().resolve("catalogue.zip");
            boolean catalogue = zoo.database().backup(tables);
            Backup[] written = new Backup[1];
            AtomicFile.write(
                    file, out -> written[0] = write(zoo, out, catalogue ? Optional.of(tables) : Optional.empty()));
            return written[0];
        }
    }

    private static Backup write(Zoo zoo, FileChannel out, Optional<Path> tables) throws IOException {
        // Closing would close the channel, which is to be forced yet.
        ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(out));
        zip.setLevel(Deflater.NO_COMPRESSION);
        if (tables.isPresent()) {
            try (ZipFile inner = new ZipFile(tables.get().toFile());
                    InputStream content = inner.getInputStream(only(inner))) {
                zip.putNextEntry(new ZipEntry(CATALOGUE));
                content.transferTo(zip);
                zip.closeEntry();
            }
        }
        int blobs = 0;
        long bytes = 0;
        Set<Digest> missing = new TreeSet<>(zoo.catalogue().neededBlobs());
        List<Blob> all;
        try (Stream<Blob> listed = zoo.blobs().list()) {
            all = listed.toList();
        }
        for (Blob blob : all) {
            try (OpenBlob open = zoo.blobs().open(blob.digest())) {
                zip.putNextEntry(new ZipEntry(BLOBS + blob.digest().hex()));
                open.transferTo(Channels.newChannel(zip));
                zip.closeEntry();
                blobs++;
                bytes += blob.bytes();
                missing.remove(blob.digest());
            } catch (NoSuchBlobException e) {
                // Collected since it was listed; whether it was needed shows below.
                continue;
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException("the zoo lacks blobs that it needs: " + missing + "; 'zoo verify' tells more");
        }
        zip.finish();
        return new Backup(blobs, bytes, tables.isPresent());
    }

    /**
     * Makes a zoo of a backup in a folder that has none. If it is broken off, it can be begun again.
     *
     * @throws FileAlreadyExistsException if there is a zoo already
     * @throws IOException if the disk fails, or the backup is damaged
     */
    public static Backup restore(Path file, ZooSettings into) throws IOException {
        Path target = into.data().resolve(CATALOGUE);
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Zoo.makePrivate(into.data());
        FileBlobStore blobs = FileBlobStore.open(into.blobs(), into.reserve(), into.clock());
        int count = 0;
        long bytes = 0;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().startsWith(BLOBS)) {
                    try (InputStream content = zip.getInputStream(entry)) {
                        Digest digest = new Digest(entry.getName().substring(BLOBS.length()));
                        bytes += blobs.put(Channels.newChannel(content), Optional.of(digest))
                                .bytes();
                        count++;
                    }
                }
            }
            // Last, so that what was broken off is no zoo.
            ZipEntry catalogue = zip.getEntry(CATALOGUE);
            if (catalogue != null) {
                try (InputStream content = zip.getInputStream(catalogue)) {
                    AtomicFile.write(target, out -> content.transferTo(Channels.newOutputStream(out)));
                }
            }
            return new Backup(count, bytes, catalogue != null);
        } catch (ZipException | IllegalArgumentException e) {
            throw new IOException(file + " is no backup, or is damaged: " + e.getMessage(), e);
        }
    }

    private static ZipEntry only(ZipFile zip) throws IOException {
        return zip.stream().findFirst().orElseThrow(() -> new IOException("the database backed up nothing"));
    }
}
