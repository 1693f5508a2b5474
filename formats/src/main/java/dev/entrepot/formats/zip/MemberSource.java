package dev.entrepot.formats.zip;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.SourceLocation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** The contents of an entry, named {@code archive.zip!entry}. */
abstract class MemberSource implements ByteSource {

    private final String name;
    private final long length;

    MemberSource(String name, long length) {
        this.name = name;
        this.length = length;
    }

    /** Writes {@code count} bytes from {@code offset} on, which lie within. */
    abstract void transfer(long offset, long count, WritableByteChannel out) throws IOException;

    /** Fills {@code into} from {@code offset} on, which lies within. */
    abstract void fill(long offset, ByteBuffer into) throws IOException;

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final long length() {
        return length;
    }

    @Override
    public final ByteSource slice(long offset, long count) {
        requireWithin(offset, count, length);
        return new Slice(this, offset, count);
    }

    @Override
    public final void read(long offset, ByteBuffer into) throws IOException {
        requireWithin(offset, into.remaining(), length);
        fill(offset, into);
    }

    @Override
    public final void transferTo(WritableByteChannel out) throws IOException {
        transfer(0, length, out);
    }

    @Override
    public final SourceLocation at(long offset) {
        return SourceLocation.offset(name, offset);
    }

    private void requireWithin(long offset, long count, long available) {
        if (offset < 0 || count < 0 || offset > available - count) {
            throw new IllegalArgumentException(
                    count + " bytes from byte " + offset + " on do not lie within the " + available + " of " + name);
        }
    }

    private record Slice(MemberSource member, long from, long length) implements ByteSource {

        @Override
        public String name() {
            return member.name;
        }

        @Override
        public ByteSource slice(long offset, long count) {
            member.requireWithin(offset, count, length);
            return new Slice(member, from + offset, count);
        }

        @Override
        public void read(long offset, ByteBuffer into) throws IOException {
            member.requireWithin(offset, into.remaining(), length);
            member.fill(from + offset, into);
        }

        @Override
        public void transferTo(WritableByteChannel out) throws IOException {
            member.transfer(from, length, out);
        }

        @Override
        public SourceLocation at(long offset) {
            return member.at(from + offset);
        }
    }
}
