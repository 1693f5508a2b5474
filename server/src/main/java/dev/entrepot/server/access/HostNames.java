package dev.entrepot.server.access;

import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names that the server is reached by. A page of a stranger's whose name was made to lead to this machine (DNS rebinding) is of the same site as
 * the server to a browser; only the name in its requests tells it apart. Callers with a token are no such page.
 */
@Singleton
final class HostNames {

    private static final Pattern FORM = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]]*)(?::[0-9]*)?");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

    private final boolean open;
    private final Set<String> names = new TreeSet<>();

    HostNames(ServerConfig config) {
        config.hostNames().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        names.add(config.host().toLowerCase(Locale.ROOT));
        this.open = config.hostNames().isEmpty() && !isLoopback(config.host());
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * Refuses a request by a name that is none of the server's. A server that other machines reach, and that was told no names, does not know them.
     *
     * @param header the header {@code Host}
     * @throws ProblemException if it is not known
     */
    void require(@Nullable String header) {
        if (open) {
            return;
        }
        Matcher match = FORM.matcher(header == null ? "" : header.trim());
        String name = match.matches() ? match.group(1).toLowerCase(Locale.ROOT) : "";
        String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (!LOOPBACK.matcher(plain).matches() && !names.contains(plain)) {
            throw new ProblemException(
                    Kind.FORBIDDEN,
                    "this server is not reached by the name in Host without a token; --host-name adds a name");
        }
    }
}
