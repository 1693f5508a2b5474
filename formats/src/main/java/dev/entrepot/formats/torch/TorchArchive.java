package dev.entrepot.formats.torch;

import dev.entrepot.bytes.ByteReader;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problems;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.pickle.Pickle;
import dev.entrepot.formats.torch.TorchValue.Sequence;
import dev.entrepot.formats.torch.TorchValue.StorageValue;
import dev.entrepot.formats.torch.TorchValue.TensorValue;
import dev.entrepot.formats.zip.ZipArchive;
import dev.entrepot.formats.zip.ZipEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The zip archives: a root folder, pickles, and one entry for each storage.
 *
 * <p>Source: torch/serialization.py, _load; torch/csrc/jit/serialization/export_module.cpp; torch/package/package_exporter.py.
 */
final class TorchArchive {

    private static final int LONGEST_FACT = 200;
    private static final List<String> FACTS = List.of(
            "version",
            ".data/version",
            "byteorder",
            ".format_version",
            ".storage_alignment",
            ".data/serialization_id",
            "archive_format",
            "archive_version",
            ".data/python_version");

    private final ByteSource source;
    private final ZipArchive zip;
    private final String root;
    private final boolean bigEndian;
    private final Pickles pickles = new Pickles();
    private final Problems problems = new Problems();
    private final List<String> notes = new ArrayList<>();

    TorchArchive(ByteSource source) {
        this.source = source;
        this.zip = ZipArchive.open(source);
        this.root = root(zip);
        this.bigEndian = isBigEndian();
    }

    /** What a zip archive is, by its entries. */
    static Optional<TorchForm> form(ZipArchive zip) {
        String root = root(zip);
        if (zip.find(root + "serialized_exported_program.json").isPresent()) {
            return Optional.of(TorchForm.EXPORTED);
        }
        boolean models = has(zip, root + "models/", ".json");
        if (zip.find(root + "archive_format").isPresent() && models) {
            return Optional.of(TorchForm.PT2);
        }
        if (zip.find(root + ".data/extern_modules").isPresent()) {
            return Optional.of(TorchForm.PACKAGE);
        }
        boolean object = zip.find(root + "data.pkl").isPresent();
        if (object && zip.find(root + "bytecode.pkl").isPresent()) {
            return Optional.of(TorchForm.MOBILE);
        }
        boolean code = zip.find(root + "constants.pkl").isPresent() || has(zip, root + "code/", ".py");
        if (object && code || zip.find(root + "model.json").isPresent() && code) {
            return Optional.of(TorchForm.TORCHSCRIPT);
        }
        return object ? Optional.of(TorchForm.ZIP) : Optional.empty();
    }

    private static boolean has(ZipArchive zip, String prefix, String suffix) {
        return zip.entries().stream()
                .anyMatch(
                        entry -> entry.name().startsWith(prefix) && entry.name().endsWith(suffix));
    }

    /** The folder that all entries lie in, with its slash; empty where there is none. */
    private static String root(ZipArchive zip) {
        String root = zip.entries().stream()
                .findFirst()
                .map(entry -> entry.name().substring(0, entry.name().indexOf('/') + 1))
                .orElse("");
        return zip.entries().stream().allMatch(entry -> entry.name().startsWith(root)) ? root : "";
    }

    TorchFile read(TorchForm form) {
        TorchValue value = TorchValue.None.NONE;
        Map<String, TorchTensor> tensors = Map.of();
        Map<String, TorchTensor> constants = Map.of();
        if (form == TorchForm.PACKAGE) {
            readNames();
        } else {
            requireObject();
            value = object("data.pkl", "data/");
            tensors = TensorPaths.of(value, source.at(0));
            constants = form == TorchForm.ZIP ? Map.of() : constants();
        }
        problems.throwIfAny();
        return new TorchFile(
                form, source.name(), facts(), value, tensors, constants, pickles.uses(), code(form), Map.of(), notes);
    }

    /** The entry of this name below the root folder. */
    Optional<ByteSource> find(String name) {
        return zip.find(root + name).map(ZipEntry::data);
    }

    /** The names below the root folder that start and end so, in order. */
    List<String> names(String prefix, String suffix) {
        return zip.entries().stream()
                .map(ZipEntry::name)
                .filter(name -> name.startsWith(root + prefix) && name.endsWith(suffix))
                .map(name -> name.substring(root.length()))
                .toList();
    }

    ByteSource source() {
        return source;
    }

    boolean bigEndian() {
        return bigEndian;
    }

    List<String> notes() {
        return notes;
    }

    /** What the small entries say. */
    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        for (String name : FACTS) {
            find(name).filter(entry -> entry.length() <= LONGEST_FACT).ifPresent(entry -> facts.put(name, line(entry)));
        }
        find("traced_inputs.pkl")
                .flatMap(entry -> TracedExamples.describe(Pickle.read(entry).value()))
                .ifPresent(example -> facts.put("traced_inputs", example));
        return facts;
    }

    private static String line(ByteSource entry) {
        return new ByteReader(entry).utf8(entry.length(), LONGEST_FACT).strip();
    }

    private boolean isBigEndian() {
        Optional<ByteSource> entry = find("byteorder");
        if (entry.isEmpty()) {
            return false;
        }
        String order = line(entry.get());
        if (!order.equals("little") && !order.equals("big")) {
            throw ModelException.malformed(
                    entry.get().at(0), "byteorder", "is \"" + order + "\", neither little nor big");
        }
        return order.equals("big");
    }

    private void requireObject() {
        if (find("data.pkl").isEmpty()) {
            throw ModelException.unsupported(
                    SourceLocation.file(source.name()),
                    "archive",
                    "is TorchScript of PyTorch 1.0 or 1.1 (model.json); load and save it with PyTorch 1.2 or later");
        }
    }

    private TorchValue object(String name, String folder) {
        Pickle pickle = pickles.whole(find(name).orElseThrow(), notes);
        return new Interpreter((id, where) -> storage(folder, id, where), problems).interpret(pickle.value());
    }

    private TorchValue storage(String folder, TorchValue parts, SourceLocation where) {
        StorageIds id = StorageIds.parse(parts, where);
        ByteSource bytes = find(folder + id.key())
                .orElseThrow(() -> ModelException.malformed(
                        where, "storage \"" + id.key() + "\"", "has no entry " + root + folder + id.key()));
        return new StorageValue(id.over(bytes, bigEndian, where));
    }

    /** {@code CONSTANTS.c0} and so on: the items of constants.pkl. */
    private Map<String, TorchTensor> constants() {
        Map<String, TorchTensor> constants = new LinkedHashMap<>();
        if (find("constants.pkl").isPresent() && object("constants.pkl", "constants/") instanceof Sequence items) {
            for (int i = 0; i < items.items().size(); i++) {
                if (items.items().get(i) instanceof TensorValue tensor) {
                    constants.put("c" + i, tensor.tensor());
                }
            }
        }
        return constants;
    }

    /** A package's pickles are looked through for names only. */
    private void readNames() {
        for (String name : names("", ".pkl")) {
            try {
                pickles.whole(find(name).orElseThrow(), notes);
            } catch (ModelException e) {
                problems.addAll(e);
            }
        }
        notes.add("a torch.package archive can be looked at, but not imported: its objects need its own code");
    }

    private List<CodeFile> code(TorchForm form) {
        return switch (form) {
            case TORCHSCRIPT, MOBILE -> codeFiles("code/");
            case PACKAGE -> codeFiles("");
            default -> List.of();
        };
    }

    private List<CodeFile> codeFiles(String folder) {
        return names(folder, ".py").stream()
                .map(name -> new CodeFile(name, find(name).orElseThrow()))
                .toList();
    }
}
