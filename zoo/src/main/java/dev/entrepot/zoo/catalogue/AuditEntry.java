package dev.entrepot.zoo.catalogue;

import java.time.Instant;

/**
 * Somebody did something.
 *
 * @param happened when
 * @param actor who: a token's name, {@code cli} or {@code system}
 * @param deed what: {@code publish}, {@code alias}, {@code remove}, ...
 * @param subject to what, usually a version's name
 * @param detail more about it, may be empty
 */
public record AuditEntry(Instant happened, String actor, String deed, String subject, String detail) {}
