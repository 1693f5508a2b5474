package dev.entrepot.zoo.convert;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The SHA-256 digests of files, computed beside the work on them. */
final class FileDigests implements AutoCloseable {

    private static final int CHUNK = 1 << 18;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread daemon = new Thread(task, "source-digests");
        daemon.setDaemon(true);
        return daemon;
    });
    private final List<Future<String>> digests = new ArrayList<>();

    private FileDigests() {}

    static FileDigests start(List<Path> paths) {
        FileDigests all = new FileDigests();
        paths.forEach(path -> all.digests.add(all.thread.submit(() -> sha256(path))));
        return all;
    }

    /** The digests in hexadecimal, in the order of the files. */
    List<String> await() throws IOException {
        List<String> done = new ArrayList<>();
        for (Future<String> digest : digests) {
            try {
                done.add(digest.get());
            } catch (ExecutionException e) {
                throw new IOException("a source file could not be read to its end", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while source files were read", e);
            }
        }
        return done;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static String sha256(Path path) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
        try (FileChannel channel = FileChannel.open(path)) {
            while (channel.read(chunk.clear()) >= 0) {
                digest.update(chunk.flip());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
