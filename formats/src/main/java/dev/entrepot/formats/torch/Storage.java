package dev.entrepot.formats.torch;

import dev.entrepot.bytes.ByteSource;
import java.util.Optional;

/**
 * The elements that tensors show parts of.
 *
 * @param key its key in the file
 * @param dtype the type of its elements, none where they are plain bytes
 * @param bytes its bytes, still in the file
 * @param bigEndian whether elements have their highest byte first
 */
record Storage(String key, Optional<TorchDtype> dtype, ByteSource bytes, boolean bigEndian) {}
