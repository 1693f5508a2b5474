package dev.entrepot.zoo.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileBlobStoreTest {

    /** The digest of "hello\n" as coreutils' sha256sum prints it. */
    private static final Digest HELLO = new Digest("5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03");

    @TempDir
    Path folder;

    private FileBlobStore store;

    @BeforeEach
    void open() throws IOException {
        store = FileBlobStore.open(folder.resolve("blobs"));
    }

    @Test
    void a_blob_lies_under_its_digest_in_two_levels_of_folders() throws IOException {
        Blob blob = store.put("hello\n".getBytes(UTF_8));

        assertThat(blob).isEqualTo(new Blob(HELLO, 6));
        assertThat(folder.resolve("blobs/sha256/58/91/" + HELLO.hex())).hasContent("hello\n");
        assertThat(folder.resolve("blobs/tmp")).isEmptyDirectory();
    }

    @Test
    void what_was_put_is_read_again_whole_and_in_parts() throws IOException {
        Digest digest = store.put("hello\n".getBytes(UTF_8)).digest();

        try (OpenBlob blob = store.open(digest)) {
            ByteBuffer part = ByteBuffer.allocate(3);
            blob.read(2, part);
            assertThat(new String(part.array(), UTF_8)).isEqualTo("llo");
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            blob.transferTo(Channels.newChannel(all));
            assertThat(all.toString(UTF_8)).isEqualTo("hello\n");
        }
        store.copyTo(digest, folder.resolve("copy"));
        assertThat(folder.resolve("copy")).hasContent("hello\n");
    }

    @Test
    void the_empty_blob_is_a_blob() throws IOException {
        Blob blob = store.put(new byte[0]);

        assertThat(blob.digest().hex()).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(store.verify(blob.digest()).bytes()).isZero();
    }

    @Test
    void content_with_another_digest_than_announced_is_refused_and_leaves_nothing() {
        assertThatThrownBy(() -> store.put(channel("other"), Optional.of(HELLO)))
                .isInstanceOf(DigestMismatchException.class)
                .hasMessageContaining("the 5 bytes that came")
                .hasMessageContaining("expected was " + HELLO);

        assertThat(all()).isEmpty();
        assertThat(folder.resolve("blobs/tmp")).isEmptyDirectory();
    }

    @Test
    void content_that_breaks_off_leaves_nothing() {
        InputStream broken = new InputStream() {
            private int left = 1000;

            @Override
            public int read() throws IOException {
                if (left-- <= 0) {
                    throw new IOException("the line was cut");
                }
                return 'x';
            }
        };

        assertThatThrownBy(() -> store.put(Channels.newChannel(broken))).hasMessage("the line was cut");

        assertThat(all()).isEmpty();
        assertThat(folder.resolve("blobs/tmp")).isEmptyDirectory();
    }

    @Test
    void a_damaged_blob_is_never_given_out_and_is_put_aside() throws IOException {
        Digest digest = store.put("hello\n".getBytes(UTF_8)).digest();
        damage(digest);

        assertThatThrownBy(() -> store.open(digest))
                .isInstanceOf(CorruptBlobException.class)
                .hasMessageContaining("blob " + HELLO + " is damaged");

        assertThatThrownBy(() -> store.open(digest)).isInstanceOf(NoSuchBlobException.class);
        assertThat(Folders.files(folder.resolve("blobs/quarantine"))).hasSize(1);
    }

    @Test
    void damage_after_a_blob_was_read_is_noticed_also_where_the_time_of_the_file_was_set_back() throws IOException {
        Digest digest = store.put("hello\n".getBytes(UTF_8)).digest();
        store.open(digest).close();
        FileTime before = Files.getLastModifiedTime(place(digest));
        damage(digest);
        Files.setLastModifiedTime(place(digest), before);

        assertThatThrownBy(() -> store.open(digest)).isInstanceOf(CorruptBlobException.class);
    }

    @Test
    void a_blob_cut_short_is_damaged() throws IOException {
        Digest digest = store.put("hello\n".getBytes(UTF_8)).digest();
        Files.write(place(digest), "hell".getBytes(UTF_8));

        assertThatThrownBy(() -> store.copyTo(digest, folder.resolve("copy"))).isInstanceOf(CorruptBlobException.class);
        assertThat(folder.resolve("copy")).doesNotExist();
    }

    @Test
    void putting_a_damaged_blob_again_mends_it() throws IOException {
        Digest digest = store.put("hello\n".getBytes(UTF_8)).digest();
        damage(digest);

        store.put("hello\n".getBytes(UTF_8));

        assertThat(store.verify(digest).bytes()).isEqualTo(6);
    }

    @Test
    void a_file_that_is_given_away_is_moved_not_copied() throws IOException {
        Path file = Files.writeString(folder.resolve("upload"), "hello\n");
        Object inode = Files.getAttribute(file, "fileKey");

        Blob blob = store.take(file, Optional.of(HELLO));

        assertThat(blob.digest()).isEqualTo(HELLO);
        assertThat(file).doesNotExist();
        assertThat(Files.getAttribute(place(HELLO), "fileKey")).isEqualTo(inode);
    }

    @Test
    void a_file_that_is_something_else_than_announced_stays_where_it_is() throws IOException {
        Path file = Files.writeString(folder.resolve("upload"), "other");

        assertThatThrownBy(() -> store.take(file, Optional.of(HELLO))).isInstanceOf(DigestMismatchException.class);

        assertThat(file).hasContent("other");
        assertThat(all()).isEmpty();
    }

    @Test
    void below_the_reserve_nothing_is_stored() throws IOException {
        FileBlobStore full = FileBlobStore.open(folder.resolve("blobs"), Long.MAX_VALUE, Clock.systemUTC());

        assertThatThrownBy(() -> full.put("hello\n".getBytes(UTF_8)))
                .isInstanceOf(StoreFullException.class)
                .hasMessageContaining("are to stay free");
        assertThat(all()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_full_disk_is_told_as_such() {
        assertThatThrownBy(() -> {
                    try (FileChannel full = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE)) {
                        full.write(ByteBuffer.allocate(10));
                    } catch (IOException e) {
                        throw StoreFullException.orSame(e, folder);
                    }
                })
                .isInstanceOf(StoreFullException.class);
    }

    @Test
    void a_scrub_hashes_everything_and_names_what_is_damaged() throws IOException {
        Digest good = store.put("good".getBytes(UTF_8)).digest();
        store.put("hello\n".getBytes(UTF_8));
        store.open(HELLO).close();
        damage(HELLO);

        Scrub scrub = Scrub.of(store);

        assertThat(scrub.blobs()).isEqualTo(1);
        assertThat(scrub.damaged()).singleElement().asString().contains(HELLO.toString());
        assertThat(all()).extracting(Blob::digest).containsExactly(good);
    }

    @Test
    void garbage_is_what_nothing_needs_and_is_older_than_the_grace() throws IOException {
        Digest needed = store.put("needed".getBytes(UTF_8)).digest();
        Digest old = store.put("old".getBytes(UTF_8)).digest();
        Digest young = store.put("young".getBytes(UTF_8)).digest();
        Digest kept = store.put("kept".getBytes(UTF_8)).digest();
        Path abandoned = Files.writeString(folder.resolve("blobs/tmp/1.tmp"), "half");
        Path unfinished = Files.writeString(folder.resolve("blobs/tmp/2.tmp"), "half");
        Instant past = Instant.now().minus(Duration.ofDays(2));
        for (Path file : List.of(place(needed), place(old), place(kept), abandoned)) {
            Files.setLastModifiedTime(file, FileTime.from(past));
        }
        store.keep(kept);

        GarbageCollection done =
                GarbageCollection.in(store, Set.of(needed), Instant.now().minus(Duration.ofDays(1)));

        assertThat(done).isEqualTo(new GarbageCollection(1, 3, 1));
        assertThat(all()).extracting(Blob::digest).containsExactlyInAnyOrder(needed, young, kept);
        assertThat(unfinished).exists();
    }

    @Test
    void a_blob_that_was_kept_while_it_was_thrown_away_comes_back() throws IOException {
        Digest digest = store.put("hello\n".getBytes(UTF_8)).digest();
        // A collection that died between its two steps.
        Files.move(place(digest), folder.resolve("blobs/trash/" + digest.hex()));

        try (OpenBlob blob = store.open(digest)) {
            assertThat(blob.length()).isEqualTo(6);
        }
        store.discardAbandoned(Instant.now().minus(Duration.ofDays(1)));

        assertThat(place(digest)).exists();
        assertThat(folder.resolve("blobs/trash")).isEmptyDirectory();
    }

    @Test
    void an_absent_blob_can_neither_be_opened_nor_kept() throws IOException {
        assertThat(store.find(HELLO)).isEmpty();
        assertThatThrownBy(() -> store.open(HELLO)).isInstanceOf(NoSuchBlobException.class);
        assertThatThrownBy(() -> store.keep(HELLO)).isInstanceOf(NoSuchBlobException.class);
    }

    @Test
    void writers_and_a_collector_in_two_stores_on_one_folder_lose_nothing() throws Exception {
        FileBlobStore other = FileBlobStore.open(folder.resolve("blobs"));
        long seed = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<List<Digest>>> written = new ArrayList<>();
        for (FileBlobStore each : List.of(store, other, store)) {
            Random random = new Random(seed + written.size());
            written.add(threads.submit(() -> {
                List<Digest> digests = new ArrayList<>();
                for (int i = 0; i < 60; i++) {
                    digests.add(each.put(("content " + random.nextInt(40)).getBytes(UTF_8))
                            .digest());
                }
                return digests;
            }));
        }
        Future<?> collector = threads.submit(() -> {
            for (int i = 0; i < 30; i++) {
                GarbageCollection.in(other, Set.of(), Instant.now().minus(Duration.ofMinutes(1)));
                Scrub.of(store);
            }
            return null;
        });

        for (Future<List<Digest>> digests : written) {
            for (Digest digest : digests.get()) {
                assertThat(store.verify(digest).digest()).as("seed " + seed).isEqualTo(digest);
            }
        }
        collector.get();
        threads.shutdown();
        assertThat(folder.resolve("blobs/tmp")).isEmptyDirectory();
    }

    @Test
    void a_word_that_is_no_digest_is_refused() {
        assertThat(Digest.parse("sha256:" + HELLO.hex())).isEqualTo(HELLO);
        assertThatThrownBy(() -> Digest.parse("../../etc/passwd")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Digest.parse(HELLO.hex().toUpperCase(java.util.Locale.ROOT)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Path place(Digest digest) {
        String hex = digest.hex();
        return folder.resolve("blobs/sha256/" + hex.substring(0, 2) + "/" + hex.substring(2, 4) + "/" + hex);
    }

    private void damage(Digest digest) throws IOException {
        byte[] bytes = Files.readAllBytes(place(digest));
        bytes[0] ^= 1;
        Files.write(place(digest), bytes);
    }

    private List<Blob> all() {
        try (Stream<Blob> all = store.list()) {
            return all.toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static ReadableByteChannel channel(String text) {
        return Channels.newChannel(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }
}
