package dev.entrepot.formats.torch;

import dev.entrepot.bytes.ByteReader;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problems;
import dev.entrepot.formats.pickle.Pickle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A pickle outside any container, as NumPy users and Detectron write them. */
final class PlainPickle {

    private PlainPickle() {}

    /** Whether a source starts with a protocol of 2 or higher, or as protocols 0 and 1 start containers and end with STOP. */
    static boolean recognises(ByteSource source) {
        if (source.length() < 2) {
            return false;
        }
        ByteReader reader = new ByteReader(source.slice(0, 2));
        int first = reader.u8();
        int second = reader.u8();
        if (first == 0x80) {
            return second >= 1 && second <= 5;
        }
        int last = new ByteReader(source.slice(source.length() - 1, 1)).u8();
        return last == '.' && ("(]}c".indexOf(first) >= 0);
    }

    static TorchFile read(ByteSource source) {
        List<String> notes = new ArrayList<>();
        Pickles pickles = new Pickles();
        Pickle pickle = pickles.whole(source, notes);
        Problems problems = new Problems();
        TorchValue value = new Interpreter(
                        (id, where) -> {
                            throw ModelException.unsupported(
                                    where, "persistent id", "names something outside of this file");
                        },
                        problems)
                .interpret(pickle.value());
        problems.throwIfAny();
        return new TorchFile(
                TorchForm.PICKLE,
                source.name(),
                Map.of("protocol", Integer.toString(pickle.protocol())),
                value,
                TensorPaths.of(value, source.at(0)),
                Map.of(),
                pickles.uses(),
                List.of(),
                Map.of(),
                notes);
    }
}
