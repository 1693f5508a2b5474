package dev.entrepot.onnx.io;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Knows files that are often given in the place of an ONNX model by their first bytes, so that they are refused by name. */
enum Signature {
    ORT(4, "ORTM", "an ONNX Runtime .ort file; give the ONNX model that it was made from"),
    ZIP(0, "PK\3\4", "a zip archive, as PyTorch's .pt and Keras's .keras files are"),
    HDF5(0, "\u0089HDF", "an HDF5 file, as Keras's .h5 files are"),
    GZIP(0, "\u001f\u008b", "a gzip archive"),
    PICKLE(0, "\u0080\2", "a Python pickle, as older PyTorch files are"),
    NUMPY(0, "\u0093NUMPY", "a NumPy array"),
    GGUF(0, "GGUF", "a GGUF file"),
    TFLITE(4, "TFL3", "a TensorFlow Lite file"),
    LFS(0, "version https://git-lfs", "a Git LFS pointer, not the file that it stands for"),
    HTML(0, "<!doctype", "an HTML page"),
    HTML_TAG(0, "<html", "an HTML page"),
    TEXT(0, "ir_version:", "an ONNX model in Protocol Buffers' text form, expected the binary form"),
    ONNX_TEXT(0, "<\n", "a text, perhaps ONNX's text syntax, expected the binary form");

    private static final int LONGEST = 32;

    private final int offset;
    private final String bytes;
    private final String description;

    Signature(int offset, String bytes, String description) {
        this.offset = offset;
        this.bytes = bytes;
        this.description = description;
    }

    /** @throws ModelException if the file is empty or of a known kind that is not ONNX */
    static void refuseOthers(ByteSource source) throws IOException {
        if (source.length() == 0) {
            throw ModelException.malformed(source.at(0), "file", "is empty, expected an ONNX model");
        }
        ByteBuffer head = ByteBuffer.allocate((int) Math.min(LONGEST, source.length()));
        source.read(0, head);
        String start = new String(head.array(), StandardCharsets.ISO_8859_1);
        for (Signature signature : values()) {
            if (signature.matches(start)) {
                throw ModelException.unsupported(
                        source.at(0), "file", "is " + signature.description + ", expected an ONNX model");
            }
        }
    }

    private boolean matches(String start) {
        String found = this == HTML || this == HTML_TAG ? start.toLowerCase(Locale.ROOT) : start;
        return found.length() >= offset && found.startsWith(bytes, offset);
    }
}
