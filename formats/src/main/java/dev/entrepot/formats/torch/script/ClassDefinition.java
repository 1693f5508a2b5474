package dev.entrepot.formats.torch.script;

import dev.entrepot.bytes.SourceLocation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A class: a module, a NamedTuple, an enum, an interface or a plain one.
 *
 * @param name its own name
 * @param base what it extends, such as {@code Module}, {@code NamedTuple}, {@code Enum}; a plain class extends nothing
 * @param attributes the types of its attributes, in order; a NamedTuple's fields
 * @param constants its constants and an enum's members: {@code p : Final[float] = 0.5} or {@code RED = 1}
 * @param parameters the attributes that are parameters, by {@code __parameters__}
 * @param buffers the attributes that are buffers, by {@code __buffers__}
 * @param methods its methods by name
 * @param where where it begins
 */
public record ClassDefinition(
        String name,
        Optional<String> base,
        Map<String, Expression> attributes,
        Map<String, Expression> constants,
        List<String> parameters,
        List<String> buffers,
        Map<String, FunctionDefinition> methods,
        SourceLocation where) {

    public ClassDefinition {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
        parameters = List.copyOf(parameters);
        buffers = List.copyOf(buffers);
        methods = Collections.unmodifiableMap(new LinkedHashMap<>(methods));
    }

    /** Whether it extends this class. */
    public boolean is(String wanted) {
        return base.isPresent() && base.get().equals(wanted);
    }
}
