package dev.entrepot.server.access;

import java.security.Principal;

/**
 * Who a request comes from.
 *
 * @param name {@code token:ID}, or {@code anonymous}
 * @param role what they may do
 */
public record Caller(String name, Role role) implements Principal {

    @Override
    public String getName() {
        return name;
    }
}
