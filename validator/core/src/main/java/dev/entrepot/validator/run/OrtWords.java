package dev.entrepot.validator.run;

import java.util.regex.Pattern;

/** What ONNX Runtime says when it fails, without its error codes and the paths of its own sources. */
final class OrtWords {

    private static final Pattern CODE = Pattern.compile("^Error code - \\w+ - message: ");
    private static final Pattern SOURCE =
            Pattern.compile("/onnxruntime_src/\\S+:\\d+ [^\\n]*?\\[ONNXRuntimeError] : \\d+ : \\w+ : ");

    private OrtWords() {}

    /** The words of an exception's innermost cause. */
    static String of(Throwable exception) {
        Throwable root = exception;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String words = String.valueOf(root.getMessage());
        return SOURCE.matcher(CODE.matcher(words).replaceFirst(""))
                .replaceAll("")
                .strip();
    }
}
