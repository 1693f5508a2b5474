package dev.entrepot.server.child;

import java.time.Duration;

/**
 * What a child may take.
 *
 * @param wall the time until it must be done
 * @param heapBytes the heap
 * @param directBytes the memory that Java takes outside the heap
 * @param addressBytes the address space, of which a JVM reserves several GiB that it never uses
 * @param fileBytes the bytes of one file
 * @param folderBytes the bytes of all that comes out
 * @param files the files that are open at once
 */
public record ChildLimits(
        Duration wall,
        long heapBytes,
        long directBytes,
        long addressBytes,
        long fileBytes,
        long folderBytes,
        long files) {

    private static final long GIB = 1L << 30;

    /** 10 minutes, 2 GiB of heap, 1 GiB beside it, files of 8 GiB, 20 GiB in all. */
    public static final ChildLimits DEFAULT =
            new ChildLimits(Duration.ofMinutes(10), 2 * GIB, GIB, 16 * GIB, 8 * GIB, 20 * GIB, 1024);

    /** These limits with another time. */
    public ChildLimits withWall(Duration time) {
        return new ChildLimits(time, heapBytes, directBytes, addressBytes, fileBytes, folderBytes, files);
    }

    /** These limits with another heap. */
    public ChildLimits withHeapBytes(long bytes) {
        return new ChildLimits(wall, bytes, directBytes, addressBytes, fileBytes, folderBytes, files);
    }

    /** These limits with other sizes of what comes out: one file, and all. */
    public ChildLimits withDisk(long file, long folder) {
        return new ChildLimits(wall, heapBytes, directBytes, addressBytes, file, folder, files);
    }
}
