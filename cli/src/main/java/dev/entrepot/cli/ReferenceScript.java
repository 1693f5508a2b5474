package dev.entrepot.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Scripts that make references where the genuine framework is installed. */
enum ReferenceScript {
    /** Chainer 1.5 to 7. */
    chainer;

    /** The script: Python, to be run by people. */
    String text() throws IOException {
        String name = name() + "-reference.py";
        try (InputStream in = ReferenceScript.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not among the resources");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
