package dev.entrepot.formats.torch;

import dev.entrepot.bytes.ByteReader;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problems;
import dev.entrepot.formats.pickle.Pickle;
import dev.entrepot.formats.pickle.PickleValue;
import dev.entrepot.formats.pickle.PickleValue.None;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A pickle outside any container, as NumPy users and Detectron write them. */
final class PlainPickle {

    private PlainPickle() {}

    /** Whether a source starts with a protocol of 2 or higher; older protocols have no mark, so the whole pickle must make sense. */
    static boolean recognises(ByteSource source) {
        if (source.length() < 2) {
            return false;
        }
        ByteReader reader = new ByteReader(source.slice(0, 2));
        if (reader.u8() == 0x80) {
            int protocol = reader.u8();
            return protocol >= 1 && protocol <= 5;
        }
        try {
            PickleValue value = Pickle.read(source).value();
            return !(value instanceof PickleValue.Int || value instanceof PickleValue.Text || value instanceof None);
        } catch (ModelException e) {
            return false;
        }
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
