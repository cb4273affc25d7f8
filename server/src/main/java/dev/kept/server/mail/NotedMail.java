package dev.kept.server.mail;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What stays of a mail: neither to whom it went nor what it said.
 *
 * @param reason why it was not delivered, as a status code or a word: {@code smtp 550 5.1.1}
 * @param tries how often it was handed to a mail server
 * @param doneAt when it was sent, refused or given up
 * @param commitment SHA-256 over a salt, which only the mail itself has, and its text, in hexadecimal
 */
public record NotedMail(
        UUID id,
        String kind,
        Optional<UUID> request,
        MailState state,
        Optional<String> reason,
        int tries,
        Instant madeAt,
        Optional<Instant> doneAt,
        String commitment) {}
