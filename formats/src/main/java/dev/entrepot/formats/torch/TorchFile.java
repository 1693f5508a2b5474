package dev.entrepot.formats.torch;

import dev.entrepot.bytes.ByteReader;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.safetensors.Safetensors;
import dev.entrepot.formats.zip.ZipArchive;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A PyTorch file of any generation, read as data.
 *
 * @param form the file's form
 * @param name the file's name
 * @param facts what the file says about itself, such as {@code version}, {@code byteorder}, {@code little_endian}
 * @param value the object that was saved; None where the form has none
 * @param tensors the tensors by path: a state_dict's keys, or what a module's state_dict would have
 * @param constants the tensors that code refers to as constants, by name ({@code c0} in TorchScript)
 * @param globals every name the pickles mention
 * @param code the source files
 * @param documents the JSON documents of exported programs, by path
 * @param notes what else is worth telling
 */
public record TorchFile(
        TorchForm form,
        String name,
        Map<String, String> facts,
        TorchValue value,
        Map<String, TorchTensor> tensors,
        Map<String, TorchTensor> constants,
        List<GlobalUse> globals,
        List<CodeFile> code,
        Map<String, ByteSource> documents,
        List<String> notes) {

    private static final int MAGIC_PICKLE = 64;

    public TorchFile {
        facts = ordered(facts);
        tensors = ordered(tensors);
        constants = ordered(constants);
        globals = List.copyOf(globals);
        code = List.copyOf(code);
        documents = ordered(documents);
        notes = List.copyOf(notes);
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /**
     * The form of a file, by its contents, if it is one of PyTorch's. A plain pickle counts as one. Damaged zip archives are not recognised;
     * {@link #read} says what is wrong with them.
     */
    public static Optional<TorchForm> recognise(ByteSource source) {
        try {
            return form(source);
        } catch (ModelException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a file. Tensors stay in it.
     *
     * @param source the file, which must stay open as long as the tensors are used
     * @throws ModelException with all that is wrong; also the names that are not on the allow-list, where a pickle is broken
     * @throws java.io.UncheckedIOException if the disk fails
     */
    public static TorchFile read(ByteSource source) {
        refuseFlatbuffers(source);
        TorchForm form = form(source)
                .orElseThrow(
                        () -> ModelException.malformed(
                                source.at(0),
                                "file",
                                "is no PyTorch file: neither zip, tar, pickle nor safetensors, or a zip archive without data.pkl"));
        return switch (form) {
            case TAR -> TarStream.read(source);
            case LEGACY -> LegacyStream.read(source);
            case PICKLE -> PlainPickle.read(source);
            case SAFETENSORS -> safetensors(source);
            case ZIP, TORCHSCRIPT, MOBILE, PACKAGE -> new TorchArchive(source).read(form);
            case EXPORTED, PT2 -> new ExportedArchive(new TorchArchive(source)).read(form);
        };
    }

    /**
     * The tensor at this path.
     *
     * @throws ModelException (malformed) if there is none
     */
    public TorchTensor tensor(String path) {
        TorchTensor tensor = tensors.get(path);
        if (tensor == null) {
            throw ModelException.malformed(SourceLocation.file(name), "file", "has no tensor \"" + path + "\"");
        }
        return tensor;
    }

    /** Reads an entry of another archive, which can only be what {@code torch.save} writes: archives nest once. */
    static TorchFile readNested(ByteSource source) {
        TorchForm form = form(source).orElse(TorchForm.PICKLE);
        return switch (form) {
            case ZIP -> new TorchArchive(source).read(form);
            case LEGACY -> LegacyStream.read(source);
            default ->
                throw ModelException.malformed(
                        source.at(0), "entry", "should be a file of torch.save, is a " + form.title());
        };
    }

    private static Optional<TorchForm> form(ByteSource source) {
        if (startsWith(source, 0, "PK\3\4")) {
            return TorchArchive.form(ZipArchive.open(source));
        }
        if (TarArchive.recognises(source)) {
            return TarStream.recognises(source) ? Optional.of(TorchForm.TAR) : Optional.empty();
        }
        if (LegacyStream.recognises(source.slice(0, Math.min(MAGIC_PICKLE, source.length())))) {
            return Optional.of(TorchForm.LEGACY);
        }
        if (Safetensors.recognises(source)) {
            return Optional.of(TorchForm.SAFETENSORS);
        }
        return PlainPickle.recognises(source) ? Optional.of(TorchForm.PICKLE) : Optional.empty();
    }

    static boolean startsWith(ByteSource source, long offset, String magic) {
        byte[] expected = magic.getBytes(StandardCharsets.ISO_8859_1);
        if (source.length() < offset + expected.length) {
            return false;
        }
        ByteReader reader = new ByteReader(source.slice(offset, expected.length));
        return Arrays.equals(reader.bytes(expected.length, expected.length), expected);
    }

    private static void refuseFlatbuffers(ByteSource source) {
        if (startsWith(source, 4, "PTMF")) {
            throw ModelException.unsupported(
                    source.at(4),
                    "file",
                    "is a mobile model in flatbuffer form, which holds byte code and no source; save it with"
                            + " torch.jit.save or _save_for_lite_interpreter(..., _use_flatbuffer=False)");
        }
        if (startsWith(source, 4, "ET1")) {
            throw ModelException.unsupported(
                    source.at(4), "file", "is an ExecuTorch program; start from the model it was made of");
        }
    }

    private static TorchFile safetensors(ByteSource source) {
        Safetensors file = Safetensors.read(source);
        Map<String, TorchTensor> tensors = new LinkedHashMap<>();
        file.tensors().forEach((name, tensor) -> tensors.put(name, TorchTensor.plain(tensor)));
        return new TorchFile(
                TorchForm.SAFETENSORS,
                source.name(),
                file.metadata(),
                TorchValue.None.NONE,
                tensors,
                Map.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of());
    }
}
