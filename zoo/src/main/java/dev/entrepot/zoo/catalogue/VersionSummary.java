package dev.entrepot.zoo.catalogue;

import dev.entrepot.zoo.entry.ModelName;
import dev.entrepot.zoo.store.Digest;
import java.time.Instant;

/**
 * A version in a list.
 *
 * @param model the model
 * @param number its number
 * @param digest the digest of its manifest
 * @param published when
 * @param title a line, may be empty
 * @param framework where it came from
 * @param format the forms of its source's files
 * @param task what it is for, may be empty
 * @param licence an SPDX expression
 * @param opset the version of ai.onnx
 * @param nodes the nodes of its main graph
 * @param parameters the elements of all initializers
 * @param bytes the model's size
 * @param verdict what its newest validation came to
 */
public record VersionSummary(
        ModelName model,
        int number,
        Digest digest,
        Instant published,
        String title,
        String framework,
        String format,
        String task,
        String licence,
        long opset,
        long nodes,
        long parameters,
        long bytes,
        String verdict) {}
