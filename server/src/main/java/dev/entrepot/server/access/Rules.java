package dev.entrepot.server.access;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which role a request needs: the first rule that fits its method and path. What fits none needs an admin. */
final class Rules {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> ANY = Set.of();

    private static final List<Rule> RULES = List.of(
            new Rule(READING, "/health(/.*)?|/v2/health/.*|/openapi\\.json|/\\.well-known/.*", Role.NOBODY),
            new Rule(READING, "/docs(/.*)?|/webjars/.*|/assets/.*|/favicon\\.ico", Role.NOBODY),
            new Rule(ANY, "/api/v1/(tokens|audit)(/.*)?", Role.ADMIN),
            new Rule(Set.of("DELETE"), "/api/v1/models/[^/]+/[^/]+/versions/.*", Role.ADMIN),
            new Rule(READING, "/api/v1/uploads/.*", Role.AUTHOR),
            new Rule(READING, ".*", Role.READER),
            new Rule(Set.of("POST"), "/v2/models/.*/infer|/v2/repository/index|/api/v1/drawings", Role.READER),
            new Rule(Set.of("POST"), "/v2/repository/models/.*", Role.AUTHOR),
            new Rule(ANY, "/api/v1/.*", Role.AUTHOR));

    private record Rule(Set<String> methods, Pattern path, Role role) {
        Rule(Set<String> methods, String path, Role role) {
            this(methods, Pattern.compile(path), role);
        }

        boolean fits(String method, String other) {
            return (methods.isEmpty() || methods.contains(method))
                    && path.matcher(other).matches();
        }
    }

    private Rules() {}

    static Role needed(String method, String path) {
        return RULES.stream()
                .filter(rule -> rule.fits(method, path))
                .findFirst()
                .map(Rule::role)
                .orElse(Role.ADMIN);
    }
}
