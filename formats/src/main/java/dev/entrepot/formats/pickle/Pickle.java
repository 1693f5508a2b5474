package dev.entrepot.formats.pickle;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.formats.pickle.PickleValue.Global;
import dev.entrepot.formats.pickle.PickleValue.PersistentId;
import java.util.List;

/**
 * One pickle, from its first instruction to its first STOP.
 *
 * @param value what it builds
 * @param protocol the highest protocol it announces, 0 where it announces none
 * @param globals every name in it, in order, also those whose value was dropped
 * @param persistentIds everything in it that lies outside, in order
 * @param end the number of the byte after STOP
 */
public record Pickle(
        PickleValue value, int protocol, List<Global> globals, List<PersistentId> persistentIds, long end) {

    public Pickle {
        globals = List.copyOf(globals);
        persistentIds = List.copyOf(persistentIds);
    }

    /**
     * Reads the pickle at the start of a source; bytes after its STOP are left alone ({@link #end} tells where they start).
     *
     * @throws dev.entrepot.bytes.ModelException if it is malformed or exceeds {@link PickleLimits#DEFAULT}
     */
    public static Pickle read(ByteSource source) {
        return new PickleReader(source, PickleLimits.DEFAULT).next();
    }
}
