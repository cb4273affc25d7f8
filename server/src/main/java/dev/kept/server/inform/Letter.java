package dev.kept.server.inform;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.letter.Value;
import dev.kept.core.rights.request.Kind;
import dev.kept.server.configuration.RecipientSettings.Way.ByMail;
import dev.kept.server.mail.Mail;
import java.net.URI;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** What a recipient is written. */
final class Letter {

    private final BiFunction<String, String, String> words;
    private final URI own;

    /** @param words a language's words for a category */
    Letter(BiFunction<String, String, String> words, URI own) {
        this.words = words;
        this.own = own;
    }

    Mail notice(String recipient, Kind done, ByMail to, Knowing knowing, UUID request) {
        return mail(LetterKind.RECIPIENT_NOTICE, recipient, done, to, knowing, request);
    }

    Mail reminder(String recipient, Kind done, ByMail to, Knowing knowing, UUID request) {
        return mail(LetterKind.RECIPIENT_REMINDER, recipient, done, to, knowing, request);
    }

    private Mail mail(LetterKind kind, String recipient, Kind done, ByMail to, Knowing knowing, UUID request) {
        Map<String, Value> values = new HashMap<>();
        values.put("recipient", new Value.Words(recipient));
        values.put("number", new Value.Words(knowing.number()));
        values.put("done", Value.Term.done(done));
        values.put("data", new Value.Words(cut(data(to.language(), knowing.data()), Value.MOST_WORDS_CHARACTERS)));
        values.put("person", new Value.Text(cut(person(to.language(), knowing.person()), Value.MOST_TEXT_CHARACTERS)));
        values.put("day", new Value.Day(LocalDate.parse(knowing.day())));
        values.put("link", new Value.Link(own.resolve(Informing.CONFIRM + knowing.token())));
        return Mail.of(kind, to.language(), to.to(), values).about(request);
    }

    private String data(String language, List<String> categories) {
        return categories.stream()
                .map(category -> words.apply(language, category))
                .collect(Collectors.joining(", "));
    }

    private String person(String language, Map<String, String> person) {
        return person.entrySet().stream()
                .map(known -> words.apply(language, known.getKey()) + ": " + known.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, text.offsetByCodePoints(0, most / 2)) + "…";
    }
}
