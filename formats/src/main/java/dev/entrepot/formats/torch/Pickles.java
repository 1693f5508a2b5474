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

    /** The pickle that an entry holds; what follows its end is told. */
    Pickle whole(ByteSource source, List<String> notes) {
        PickleReader reader = new PickleReader(source, PickleLimits.DEFAULT);
        Pickle pickle = next(reader);
        if (reader.remaining() > 0) {
            notes.add(source.name() + ": " + reader.remaining() + " bytes follow the pickle's end and are not read");
        }
        return pickle;
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
