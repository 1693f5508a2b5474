package dev.entrepot.server.portal;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.regex.Pattern;

/** The server's own address as the visitor knows it, for links and commands that leave the page. */
final class Address {

    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9.-]{1,253}(:\\d{1,5})?|\\[[0-9A-Fa-f:.]{2,45}](:\\d{1,5})?");

    private Address() {}

    /** {@code http://host:port}; a header {@code Host} that is none is passed over. */
    static String of(HttpRequest<?> request) {
        String given = request.getHeaders().get(HttpHeaders.HOST);
        String host = given != null && HOST.matcher(given).matches() ? given : "localhost";
        return (request.isSecure() ? "https://" : "http://") + host;
    }
}
