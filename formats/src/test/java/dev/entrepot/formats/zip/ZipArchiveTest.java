package dev.entrepot.formats.zip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Offsets in these tests: an archive of one stored entry "name" of 5 bytes starts its contents at 34 and its directory at 39. */
class ZipArchiveTest {

    private static final int DIRECTORY = 39;

    @TempDir
    Path folder;

    @Test
    void a_stored_entry_is_a_slice_of_the_archive() throws IOException {
        ZipEntry entry = ZipArchive.open(source(archive(Compression.STORED, "name", "hello")))
                .entry("name");

        assertThat(entry.packed().at(0)).hasToString("test.zip@34");
        assertThat(entry.data().at(0)).hasToString("test.zip!name@0");
        assertThat(new String(entry.data().readAll(10), UTF_8)).isEqualTo("hello");
        assertThat(new String(entry.data().slice(1, 3).slice(1, 2).readAll(10), UTF_8))
                .isEqualTo("ll");
    }

    @Test
    void a_deflated_entry_can_be_read_anywhere() throws IOException {
        byte[] contents = new byte[300_000];
        new Random(7).nextBytes(contents);
        ByteSource data = ZipArchive.open(source(archive(Compression.DEFLATED, "name", contents)))
                .entry("name")
                .data();

        assertThat(data.slice(200_000, 5).readAll(5)).isEqualTo(Arrays.copyOfRange(contents, 200_000, 200_005));
        assertThat(data.slice(10, 5).readAll(5)).isEqualTo(Arrays.copyOfRange(contents, 10, 15));
        var out = new ByteArrayOutputStream();
        data.slice(1, 299_999).transferTo(Channels.newChannel(out));
        assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(contents, 1, 300_000));
    }

    @Test
    void archives_with_lengths_after_the_contents_are_read() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setComment("made by the JDK");
            zip.putNextEntry(new java.util.zip.ZipEntry("a/"));
            zip.putNextEntry(new java.util.zip.ZipEntry("a/b"));
            zip.write("hello".getBytes(UTF_8));
        }

        ZipArchive archive = ZipArchive.open(source(bytes.toByteArray()));

        assertThat(archive.entry("a/").isDirectory()).isTrue();
        assertThat(new String(archive.entry("a/b").data().readAll(10), UTF_8)).isEqualTo("hello");
        assertThat(archive.find("c")).isEmpty();
    }

    @Test
    void the_jdk_reads_what_is_written() throws IOException {
        Path file = folder.resolve("test.zip");
        Files.write(file, archive(Compression.DEFLATED, "größe", "hello"));

        try (var zip = new java.util.zip.ZipFile(file.toFile())) {
            assertThat(new String(zip.getInputStream(zip.getEntry("größe")).readAllBytes(), UTF_8))
                    .isEqualTo("hello");
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "entrepot.ci", matches = "true", disabledReason = "deflates 4 GiB")
    void an_entry_above_4_gib_is_written_and_found() throws IOException {
        Path file = folder.resolve("big.zip");
        long length = (1L << 32) + 5;
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ZipWriter zip = new ZipWriter(out);
            zip.add("big", Compression.DEFLATED, length, to -> {
                byte[] zeros = new byte[1 << 20];
                for (long left = length; left > 0; left -= zeros.length) {
                    to.write(ByteBuffer.wrap(zeros, 0, (int) Math.min(left, zeros.length)));
                }
            });
            zip.add("small", Compression.STORED, 1, to -> to.write(ByteBuffer.wrap(new byte[] {7})));
            zip.finish();
        }

        ZipArchive archive = ZipArchive.open(source(Files.readAllBytes(file)));

        assertThat(archive.entry("big").length()).isEqualTo(length);
        assertThat(archive.entry("small").data().readAll(1)).containsExactly(7);
    }

    @Test
    void damaged_contents_are_told_when_they_are_read() {
        byte[] stored = archive(Compression.STORED, "name", "hello");
        stored[35] ^= 1;
        ByteSource data = ZipArchive.open(source(stored)).entry("name").data();

        assertThatThrownBy(() -> data.readAll(10))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("test.zip!name@0: contents: have the checksum")
                .hasMessageEndingWith("the archive says 3610a686: they are damaged");
    }

    @Test
    void a_wrong_checksum_of_deflated_contents_is_told_at_their_end() {
        byte[] deflated = archive(Compression.DEFLATED, "name", "hello");
        int directory = deflated.length - EndRecord.LENGTH - CentralHeader.LENGTH - 4;
        deflated[14] ^= 1;
        deflated[directory + 16] ^= 1;
        ByteSource data = ZipArchive.open(source(deflated)).entry("name").data();

        assertThatThrownBy(() -> data.readAll(10)).hasMessageContaining("the archive says 3610a687: they are damaged");
    }

    @Test
    void a_deflate_stream_longer_than_it_says_is_refused() {
        byte[] deflated = archive(Compression.DEFLATED, "name", "hello");
        int directory = deflated.length - EndRecord.LENGTH - CentralHeader.LENGTH - 4;
        deflated[22] = 4;
        deflated[directory + 24] = 4;
        ByteSource data = ZipArchive.open(source(deflated)).entry("name").data();

        assertThatThrownBy(() -> data.readAll(10)).hasMessageContaining("go on after the 4 bytes");
    }

    @Test
    void a_deflate_stream_shorter_than_it_says_is_refused() {
        byte[] deflated = archive(Compression.DEFLATED, "name", "hello");
        int directory = deflated.length - EndRecord.LENGTH - CentralHeader.LENGTH - 4;
        deflated[22] = 6;
        deflated[directory + 24] = 6;
        ByteSource data = ZipArchive.open(source(deflated)).entry("name").data();

        assertThatThrownBy(() -> data.readAll(10)).hasMessageContaining("end early: the archive says they are 6 bytes");
    }

    @Test
    void a_local_name_unlike_the_directorys_is_refused() {
        byte[] bytes = archive(Compression.STORED, "name", "hello");
        bytes[30] = 'N';

        assertRefused(bytes, "name is \"Name\" here, but \"name\" in the directory");
    }

    @Test
    void an_encrypted_entry_is_refused() {
        byte[] bytes = archive(Compression.STORED, "name", "hello");
        bytes[DIRECTORY + 8] |= 1;

        assertRefused(bytes, "entry \"name\": is encrypted");
    }

    @Test
    void an_encryption_bit_in_the_local_header_alone_is_refused() {
        byte[] bytes = archive(Compression.STORED, "name", "hello");
        bytes[6] |= 1;

        assertRefused(bytes, "flags is 1 here, but 0 in the directory");
    }

    @Test
    void a_symbolic_link_is_refused() {
        byte[] bytes = archive(Compression.STORED, "name", "hello");
        bytes[DIRECTORY + 5] = 3;
        little(bytes).putInt(DIRECTORY + 38, 0120777 << 16);

        assertRefused(bytes, "is a symbolic link");
    }

    @Test
    void another_method_is_refused() {
        byte[] bytes = archive(Compression.STORED, "name", "hello");
        bytes[DIRECTORY + 10] = 12;

        assertRefused(bytes, "is compressed by method 12");
    }

    @Test
    void an_impossible_ratio_is_refused() {
        byte[] bytes = archive(Compression.DEFLATED, "name", "hello");
        int directory = bytes.length - EndRecord.LENGTH - CentralHeader.LENGTH - 4;
        little(bytes).putInt(directory + 24, 0x7fff_ffff);

        assertRefused(bytes, "cannot be 2147483647 bytes long: DEFLATED in 7 bytes");
    }

    @Test
    void names_that_leave_the_folder_are_refused() {
        for (String name : new String[] {"../a", "a/../b", "/etc/x", "..", "C:\\x", "a\\..\\b"}) {
            assertRefused(archive(Compression.STORED, name, ""), "names a place outside the archive's folder");
        }
    }

    @Test
    void names_with_control_characters_are_refused() {
        assertRefused(archive(Compression.STORED, "a\0b", ""), "control characters");
    }

    @Test
    void entries_over_each_other_are_refused() {
        byte[] bytes = two("nameA", "nameB");
        ByteBuffer buffer = little(bytes);
        int directory = buffer.getInt(bytes.length - 6);
        byte[] header = Arrays.copyOfRange(bytes, directory, directory + CentralHeader.LENGTH + 5);
        System.arraycopy(header, 0, bytes, directory + header.length, header.length);

        assertRefused(bytes, "entry \"nameA\": appears twice in the archive");

        bytes[directory + header.length + CentralHeader.LENGTH + 4] = 'B';
        bytes[34] = 'A';
        assertRefused(bytes, "name is \"nameA\" here, but \"nameB\" in the directory");
    }

    @Test
    void an_entry_within_another_is_refused() throws IOException {
        byte[] inner = archive(Compression.STORED, "name", "hello");
        byte[] local = Arrays.copyOf(inner, DIRECTORY);
        byte[] bytes = archive(Compression.STORED, "outer", local);
        int directory = 35 + local.length;
        var out = new ByteArrayOutputStream();
        out.write(bytes, 0, bytes.length - EndRecord.LENGTH);
        ByteBuffer second = ByteBuffer.wrap(Arrays.copyOfRange(inner, DIRECTORY, inner.length - EndRecord.LENGTH));
        out.writeBytes(second.order(ByteOrder.LITTLE_ENDIAN).putInt(42, 35).array());
        int end = out.size();
        ByteBuffer record = ByteBuffer.wrap(Arrays.copyOfRange(bytes, bytes.length - EndRecord.LENGTH, bytes.length));
        record.order(ByteOrder.LITTLE_ENDIAN);
        out.writeBytes(record.putShort(8, (short) 2)
                .putShort(10, (short) 2)
                .putInt(12, end - directory)
                .array());

        assertRefused(out.toByteArray(), "entry \"name\": overlaps entry \"outer\", which ends at byte 74");
    }

    @Test
    void too_many_entries_are_refused_before_they_are_read() {
        byte[] bytes = archive(Compression.STORED, "name", "hello");
        little(bytes).putShort(bytes.length - 12, (short) 20_000).putShort(bytes.length - 14, (short) 20_000);

        assertRefused(bytes, "has 20000 entries, the limit is 10000");
    }

    @Test
    void bytes_before_the_archive_are_refused() {
        byte[] archive = archive(Compression.STORED, "name", "hello");
        byte[] bytes = new byte[archive.length + 3];
        System.arraycopy(archive, 0, bytes, 3, archive.length);

        assertRefused(bytes, "which does not end here");
    }

    @Test
    void every_truncation_and_every_flipped_bit_ends_in_words() throws IOException {
        for (Compression compression : Compression.values()) {
            byte[] whole = archive(compression, "name", "hello hello hello");
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> ZipArchive.open(source(cut))).isInstanceOf(ModelException.class);
            }
            for (int bit = 0; bit < whole.length * 8; bit++) {
                byte[] flipped = whole.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                readOrRefuse(flipped);
            }
        }
    }

    private static void readOrRefuse(byte[] bytes) throws IOException {
        try {
            for (ZipEntry entry : ZipArchive.open(source(bytes)).entries()) {
                assertThat(entry.data().readAll(1000)).asString(UTF_8).isEqualTo("hello hello hello");
            }
        } catch (ModelException e) {
            assertThat(e.problems()).isNotEmpty();
        }
    }

    private static void assertRefused(byte[] bytes, String why) {
        assertThatThrownBy(() -> ZipArchive.open(source(bytes)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(why);
    }

    private static ByteSource source(byte[] bytes) {
        return ByteSource.of("test.zip", bytes);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private byte[] archive(Compression compression, String name, String contents) {
        return archive(compression, name, contents.getBytes(UTF_8));
    }

    private byte[] archive(Compression compression, String name, byte[] contents) {
        return written(zip -> zip.add(name, compression, contents.length, to -> to.write(ByteBuffer.wrap(contents))));
    }

    private byte[] two(String first, String second) {
        return written(zip -> {
            zip.add(first, Compression.STORED, 0, to -> {});
            zip.add(second, Compression.STORED, 0, to -> {});
        });
    }

    private byte[] written(Adding adding) {
        Path file = folder.resolve("made.zip");
        try {
            Files.deleteIfExists(file);
            try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ZipWriter zip = new ZipWriter(out);
                adding.to(zip);
                zip.finish();
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Adding {
        void to(ZipWriter zip) throws IOException;
    }
}
