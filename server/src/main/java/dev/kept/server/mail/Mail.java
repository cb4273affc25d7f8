package dev.kept.server.mail;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.letter.MailAddress;
import dev.kept.core.letter.Value;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A mail to be written and sent.
 *
 * @param language of the reader (BCP 47)
 * @param values for the places of the kind ({@link LetterKind#own})
 * @param request what it speaks of; what became of the mail is shown there
 * @param until when it need not arrive any more: a code expires; empty for as long as mails are tried
 */
public record Mail(
        UUID id,
        LetterKind kind,
        String language,
        MailAddress to,
        Map<String, Value> values,
        Optional<UUID> request,
        Optional<Instant> until) {

    public Mail {
        values = Map.copyOf(values);
    }

    public static Mail of(LetterKind kind, String language, MailAddress to, Map<String, Value> values) {
        return new Mail(UUID.randomUUID(), kind, language, to, values, Optional.empty(), Optional.empty());
    }

    public Mail about(UUID known) {
        return new Mail(id, kind, language, to, values, Optional.of(known), until);
    }

    public Mail notAfter(Instant end) {
        return new Mail(id, kind, language, to, values, request, Optional.of(end));
    }

    @Override
    public String toString() {
        return "a mail `" + kind.word() + "`";
    }
}
