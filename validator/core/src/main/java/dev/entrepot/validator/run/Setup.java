package dev.entrepot.validator.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a session came to be.
 *
 * @param runtimeVersion ONNX Runtime's version
 * @param provider the provider the session was opened with
 * @param reason why this one, also why not a better one
 * @param settings what ONNX Runtime was told, and the environment's variables that change numbers, by their own names
 */
public record Setup(String runtimeVersion, Provider provider, String reason, Map<String, String> settings) {

    public Setup {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}
