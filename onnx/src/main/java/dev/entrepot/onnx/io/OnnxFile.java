package dev.entrepot.onnx.io;

import dev.entrepot.bytes.FileSource;
import dev.entrepot.onnx.graph.Model;
import java.io.Closeable;
import java.io.IOException;

/** A model whose tensors lie in open files. They can be used until this is closed. */
public final class OnnxFile implements Closeable {

    private final Model model;
    private final FileSource source;
    private final SiblingFiles siblings;

    OnnxFile(Model model, FileSource source, SiblingFiles siblings) {
        this.model = model;
        this.source = source;
        this.siblings = siblings;
    }

    /** The model. */
    public Model model() {
        return model;
    }

    @Override
    public void close() throws IOException {
        source.close();
        siblings.close();
    }
}
