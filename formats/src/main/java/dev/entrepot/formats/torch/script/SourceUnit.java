package dev.entrepot.formats.torch.script;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One source file.
 *
 * @param file its name
 * @param operatorVersion {@code op_version_set}, which files before PyTorch 1.5 begin with
 * @param classes its classes by their own names
 * @param functions its functions by their own names
 */
public record SourceUnit(
        String file,
        OptionalLong operatorVersion,
        Map<String, ClassDefinition> classes,
        Map<String, FunctionDefinition> functions) {

    public SourceUnit {
        classes = Collections.unmodifiableMap(new LinkedHashMap<>(classes));
        functions = Collections.unmodifiableMap(new LinkedHashMap<>(functions));
    }

    /**
     * Parses a source file.
     *
     * @param file its name, as messages show it
     * @param text its text
     * @throws dev.entrepot.bytes.ModelException (malformed or limit exceeded) with line and column
     */
    public static SourceUnit parse(String file, String text) {
        return new UnitParser(new TokenStream(new Lexer(file, text, ScriptLimits.DEFAULT)), ScriptLimits.DEFAULT)
                .unit(file);
    }
}
