package dev.entrepot.formats.torch;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problems;
import dev.entrepot.formats.json.Json;
import dev.entrepot.formats.json.JsonLimits;
import dev.entrepot.formats.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What torch.export.save writes: graphs as JSON, weights as nested archives or as raw storages.
 *
 * <p>Source: torch/export/__init__.py, save (2.6); torch/export/pt2_archive/_package.py; torch/_export/serde/schema.py, PayloadConfig.
 */
final class ExportedArchive {

    private final TorchArchive archive;
    private final Problems problems = new Problems();
    private final Map<String, GlobalUse> globals = new LinkedHashMap<>();
    private final Map<String, TorchTensor> tensors = new LinkedHashMap<>();
    private final Map<String, TorchTensor> constants = new LinkedHashMap<>();
    private final Map<String, ByteSource> documents = new LinkedHashMap<>();

    ExportedArchive(TorchArchive archive) {
        this.archive = archive;
    }

    TorchFile read(TorchForm form) {
        if (form == TorchForm.EXPORTED) {
            readFlat();
        } else {
            readFolders();
        }
        problems.throwIfAny();
        return new TorchFile(
                form,
                archive.source().name(),
                archive.facts(),
                TorchValue.None.NONE,
                tensors,
                constants,
                List.copyOf(globals.values()),
                List.of(),
                documents,
                archive.notes());
    }

    private void readFlat() {
        String program = "serialized_exported_program.json";
        archive.find(program).ifPresent(entry -> documents.put(program, entry));
        readNested("serialized_state_dict.pt", tensors);
        readNested("serialized_constants.pt", constants);
        lookThrough("serialized_example_inputs.pt");
    }

    private void readFolders() {
        for (String name : archive.names("models/", ".json")) {
            documents.put(name, archive.find(name).orElseThrow());
        }
        readPayloads("data/weights/", "_weights_config.json", tensors);
        readPayloads("data/constants/", "_constants_config.json", constants);
        for (String name : archive.names("data/sample_inputs/", ".pt")) {
            lookThrough(name);
        }
        if (!archive.names("data/aotinductor/", "").isEmpty()) {
            archive.notes().add("compiled code for one machine (data/aotinductor) is not read");
        }
    }

    /** The configurations of a folder; without any, its nested archives. */
    private void readPayloads(String folder, String suffix, Map<String, TorchTensor> into) {
        List<String> configs = archive.names(folder, suffix);
        for (String name : configs) {
            JsonValue config = Json.read(archive.find(name).orElseThrow(), JsonLimits.DEFAULT);
            Map<String, Optional<TorchFile>> opened = new LinkedHashMap<>();
            config.member("config").asMembers().forEach((path, payload) -> {
                try {
                    readPayload(folder, path, payload, into, opened);
                } catch (ModelException e) {
                    problems.addAll(e);
                }
            });
        }
        if (configs.isEmpty()) {
            archive.names(folder, ".pt").forEach(name -> readNested(name, into));
        }
    }

    private void readPayload(
            String folder,
            String path,
            JsonValue payload,
            Map<String, TorchTensor> into,
            Map<String, Optional<TorchFile>> opened) {
        String name = folder + payload.member("path_name").asText();
        Optional<JsonValue> meta = payload.find("tensor_meta");
        if (meta.isEmpty()) {
            archive.notes().add(path + ": an object of a custom class (" + name + ") is not read");
            return;
        }
        ByteSource bytes = archive.find(name)
                .orElseThrow(() ->
                        ModelException.malformed(payload.where(), "tensor \"" + path + "\"", "has no entry " + name));
        boolean parameter = payload.member("is_param").asBool();
        TorchTensor tensor = payload.member("use_pickle").asBool()
                ? pickled(path, name, payload, opened)
                : raw(name, bytes, meta.get());
        boolean gradients = meta.get().member("requires_grad").asBool();
        into.put(path, parameter ? tensor.asParameter(gradients) : tensor.withGradients(gradients));
    }

    private TorchTensor pickled(String path, String name, JsonValue payload, Map<String, Optional<TorchFile>> opened) {
        Optional<TorchFile> file = opened.computeIfAbsent(name, this::nested);
        Map<String, TorchTensor> found = file.map(TorchFile::tensors).orElse(Map.of());
        if (found.size() != 1) {
            throw ModelException.malformed(
                    payload.where(),
                    "tensor \"" + path + "\"",
                    "lies in " + name + ", which holds " + found.size() + " tensors");
        }
        return found.values().iterator().next();
    }

    /** A payload is a whole storage; several tensors may show parts of it. */
    private TorchTensor raw(String name, ByteSource bytes, JsonValue meta) {
        long number = meta.member("dtype").asLong();
        TorchDtype dtype = TorchDtype.ofExportNumber(number)
                .orElseThrow(() ->
                        ModelException.unsupported(meta.where(), "tensor", "has the element type number " + number));
        Storage storage = new Storage(name, Optional.of(dtype), bytes, archive.bigEndian());
        return Views.view(
                storage,
                dtype,
                whole(meta.member("storage_offset")),
                wholes(meta.member("sizes")),
                wholes(meta.member("strides")),
                meta.where());
    }

    private static List<Long> wholes(JsonValue array) {
        return array.asItems().stream().map(ExportedArchive::whole).toList();
    }

    private static long whole(JsonValue number) {
        return number.member("as_int").asLong();
    }

    /** A nested torch.save file; an empty entry stands for nothing. */
    private void readNested(String name, Map<String, TorchTensor> into) {
        nested(name).ifPresent(file -> into.putAll(file.tensors()));
    }

    private Optional<TorchFile> nested(String name) {
        Optional<ByteSource> entry = archive.find(name).filter(bytes -> bytes.length() > 0);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try {
            TorchFile file = TorchFile.readNested(entry.get());
            addGlobals(file);
            return Optional.of(file);
        } catch (ModelException e) {
            problems.addAll(e);
            return Optional.empty();
        }
    }

    /** Sample inputs are not needed: names in them are told, faults only noted. */
    private void lookThrough(String name) {
        archive.find(name).filter(bytes -> bytes.length() > 0).ifPresent(entry -> {
            try {
                addGlobals(TorchFile.readNested(entry));
            } catch (ModelException e) {
                archive.notes().add(name + " cannot be read: " + e.getMessage());
            }
        });
    }

    private void addGlobals(TorchFile file) {
        file.globals().forEach(use -> globals.putIfAbsent(use.name(), use));
    }
}
