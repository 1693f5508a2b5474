package dev.entrepot.formats.zip;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A zip archive, checked as a whole when it is opened. Source: PKWARE APPNOTE.TXT 6.3.10.
 *
 * <p>Refused: headers that contradict each other, entries that overlap or appear twice, encrypted entries, names that leave the archive's
 * folder, symbolic links, archives in several parts, sizes no deflate stream can reach.
 */
public final class ZipArchive {

    /** More entries than this are refused. */
    public static final int MAX_ENTRIES = 10_000;

    private final ByteSource source;
    private final Map<String, ZipEntry> entries;

    private ZipArchive(ByteSource source, Map<String, ZipEntry> entries) {
        this.source = source;
        this.entries = Collections.unmodifiableMap(entries);
    }

    /**
     * Reads an archive's directory; contents are read when an entry's data is.
     *
     * @param source the archive, which must stay open as long as its entries are read
     * @throws ModelException if it is malformed, unsupported or has more than {@link #MAX_ENTRIES} entries
     */
    public static ZipArchive open(ByteSource source) {
        EndRecord end = EndRecord.find(source);
        List<CentralHeader> headers = CentralHeader.readAll(source, end);
        Inflations inflations = new Inflations();
        Map<String, ZipEntry> entries = new LinkedHashMap<>();
        List<Span> spans = new ArrayList<>();
        for (CentralHeader header : headers) {
            Span span = LocalHeader.check(source, header, end.directoryOffset());
            spans.add(span);
            ZipEntry entry = entry(source, header, span, inflations);
            if (entries.putIfAbsent(entry.name(), entry) != null) {
                throw ModelException.malformed(header.where(), header.what(), "appears twice in the archive");
            }
        }
        requireApart(spans);
        return new ZipArchive(source, entries);
    }

    /** All entries in the order of the archive's directory. */
    public Collection<ZipEntry> entries() {
        return entries.values();
    }

    /** The entry with this name, if there is one. */
    public Optional<ZipEntry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /**
     * The entry with this name.
     *
     * @throws ModelException (malformed) if there is none
     */
    public ZipEntry entry(String name) {
        return find(name)
                .orElseThrow(() -> ModelException.malformed(
                        SourceLocation.file(source.name()), "archive", "has no entry \"" + name + "\""));
    }

    private static ZipEntry entry(ByteSource source, CentralHeader header, Span span, Inflations inflations) {
        ByteSource packed = source.slice(span.dataStart(), header.packedLength());
        String name = source.name() + "!" + header.name();
        ByteSource data = header.compression() == Compression.STORED
                ? new StoredSource(name, packed, header.crc32())
                : new InflatedSource(name, packed, header.length(), header.crc32(), inflations);
        return new ZipEntry(header.name(), header.compression(), header.length(), header.crc32(), data, packed);
    }

    private static void requireApart(List<Span> spans) {
        List<Span> sorted = new ArrayList<>(spans);
        sorted.sort(Comparator.comparingLong(Span::start));
        for (int i = 1; i < sorted.size(); i++) {
            Span before = sorted.get(i - 1);
            Span span = sorted.get(i);
            if (span.start() < before.end()) {
                throw ModelException.malformed(
                        span.header().where(),
                        span.header().what(),
                        "overlaps " + before.header().what() + ", which ends at byte " + before.end());
            }
        }
    }

    /** The bytes an entry takes: local header from {@code start}, contents from {@code dataStart} to {@code end}. */
    record Span(CentralHeader header, long start, long dataStart, long end) {}
}
