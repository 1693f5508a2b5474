package dev.entrepot.formats.torch;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problems;
import dev.entrepot.formats.pickle.Pickle;
import dev.entrepot.formats.pickle.PickleLimits;
import dev.entrepot.formats.pickle.PickleReader;
import dev.entrepot.formats.pickle.PickleValue.Global;
import java.util.ArrayList;
import java.util.List;

/** The pickles of one file: collects the names they mention, and tells the bad ones also when a pickle is broken. */
final class Pickles {

    private static final int MOST_PICKLES = 1_000;

    private final List<Global> globals = new ArrayList<>();

    /** Every name mentioned so far. */
    List<GlobalUse> uses() {
        return AllowedGlobals.uses(globals);
    }

    /** The next pickle of a reader. */
    Pickle next(PickleReader reader) {
        try {
            Pickle pickle = reader.next();
            globals.addAll(pickle.globals());
            return pickle;
        } catch (ModelException e) {
            throw withBadNames(e, reader.globals());
        }
    }

    /** The first pickle of a source; what follows its end is told, and looked through for names. */
    Pickle whole(ByteSource source, List<String> notes) {
        PickleReader reader = new PickleReader(source, PickleLimits.DEFAULT);
        Pickle pickle = next(reader);
        if (reader.remaining() > 0) {
            long left = reader.remaining();
            int more = lookThrough(reader);
            notes.add(source.name() + ": " + left + " bytes follow the pickle's end, " + more
                    + " pickles among them, and are not used");
        }
        return pickle;
    }

    /** The names in further pickles, up to the first that is broken. */
    private int lookThrough(PickleReader reader) {
        int more = 0;
        int seen = reader.globals().size();
        try {
            while (reader.remaining() > 0 && more < MOST_PICKLES) {
                reader.next();
                more++;
            }
        } catch (ModelException e) {
            // What follows need not be a pickle.
        }
        globals.addAll(reader.globals().subList(seen, reader.globals().size()));
        return more;
    }

    /** A broken pickle may have done its harm before the place where it breaks. */
    private static ModelException withBadNames(ModelException broken, List<Global> seen) {
        Problems problems = new Problems();
        problems.addAll(broken);
        for (GlobalUse use : AllowedGlobals.uses(seen)) {
            if (use.verdict() == GlobalUse.Verdict.NOT_ALLOWED) {
                problems.unsupported(use.first(), "name " + use.name(), "is not on the allow-list");
            }
        }
        return new ModelException(problems.found());
    }
}
