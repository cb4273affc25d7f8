package dev.kept.core.letter;

import com.ibm.icu.text.NumberFormat;
import com.ibm.icu.util.ULocale;
import dev.kept.core.wording.Dates;
import dev.kept.core.wording.Wording;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The values of one letter, in one language's words. */
final class Filled {

    private final LetterKind kind;
    private final Map<String, Value> values;
    private final Wording terms;
    private final ULocale locale;
    private final URI own;

    Filled(LetterKind kind, Map<String, Value> values, Wording terms, Locale locale, URI own) {
        this.kind = kind;
        this.values = values;
        this.terms = terms;
        this.locale = ULocale.forLocale(locale);
        this.own = own;
        values.forEach(this::fits);
    }

    private void fits(String name, Value value) {
        Slot slot = kind.slots().get(name);
        if (slot == null || slot.shape() != value.shape()) {
            throw new IllegalArgumentException("a letter `" + kind.word() + "` takes no `" + name + "` of this shape");
        }
    }

    /** What stands in a place, as plain text; only a text has several lines. */
    String text(String slot) {
        return switch (value(slot)) {
            case Value.Words(String words) -> words;
            case Value.Text(String text) -> text;
            case Value.Term(String key) -> term(key);
            case Value.Link link -> address(slot).toString();
            case Value.Day day -> Dates.day(day.day(), locale);
            case Value.Moment moment ->
                Dates.moment(moment.moment().toInstant(), moment.moment().getZone(), locale);
            case Value.Code(String code) -> code;
            case Value.Count(long number) ->
                NumberFormat.getIntegerInstance(locale).format(number);
        };
    }

    private String term(String key) {
        return terms.say(key);
    }

    /** Where a link leads: within our own address. */
    URI address(String slot) {
        if (value(slot) instanceof Value.Link(URI address)) {
            if (!isOwn(address)) {
                throw new IllegalArgumentException("a link in a letter leads to our own address");
            }
            return address;
        }
        throw new IllegalArgumentException("`" + slot + "` is no address");
    }

    private boolean isOwn(URI address) {
        String folder = Objects.requireNonNullElse(own.getRawPath(), "").replaceAll("/+$", "") + "/";
        String path = Objects.requireNonNullElse(address.getRawPath(), "");
        return address.normalize().equals(address)
                && address.getUserInfo() == null
                && own.getHost() != null
                && Objects.equals(own.getScheme(), address.getScheme())
                && own.getHost().equalsIgnoreCase(Objects.requireNonNullElse(address.getHost(), ""))
                && own.getPort() == address.getPort()
                && path.startsWith(folder)
                && !path.contains("%2e")
                && !path.contains("%2E");
    }

    private Value value(String slot) {
        Value value = values.get(slot);
        if (value == null) {
            throw new IllegalArgumentException("a letter `" + kind.word() + "` needs `" + slot + "`");
        }
        return value;
    }
}
