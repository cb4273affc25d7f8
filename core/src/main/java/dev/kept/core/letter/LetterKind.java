package dev.kept.core.letter;

import static dev.kept.core.letter.Slot.free;
import static dev.kept.core.letter.Slot.needed;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The kinds of letters, each with the places its template may use. What goes out before anybody has proven who they are has no place for
 * words of the one who asks: else a form would let strangers write to others in the company's name.
 */
public enum LetterKind {
    /** A one-time link to an address on file, with a code for who reads it elsewhere (GDPR Art. 12(6)). */
    PROOF_LINK(asked(), needed("link", Shape.LINK), free("code", Shape.CODE), free("until", Shape.MOMENT)),
    /** The request has arrived, and when it will be answered. */
    RECEIVED(asked(), number(), needed("by", Shape.DAY), free("link", Shape.LINK)),
    /** Something must be known before it can be answered. */
    QUESTION(asked(), number(), needed("question", Shape.TEXT), needed("link", Shape.LINK), free("clock", Shape.TERM)),
    /** The answer to a plain question, in the words of whoever answers. */
    ANSWER(asked(), number(), needed("answer", Shape.TEXT), free("link", Shape.LINK)),
    /** It takes longer, and why (Art. 12(3)). */
    EXTENDED(asked(), number(), needed("reason", Shape.TEXT), needed("by", Shape.DAY), free("link", Shape.LINK)),
    /** The answer can be fetched. */
    READY(asked(), number(), needed("link", Shape.LINK), needed("until", Shape.MOMENT)),
    /** What was asked for is done. */
    DONE(asked(), number(), needed("link", Shape.LINK)),
    /** A use has stopped at once: a consent withdrawn (Art. 7(3)), direct marketing objected to (Art. 21(3)). */
    STOPPED(asked(), number(), needed("day", Shape.DAY), free("link", Shape.LINK)),
    /** Refused: on which ground, why, and where to complain (Art. 12(4)). */
    REFUSED(
            asked(),
            number(),
            needed("ground", Shape.TERM),
            needed("reason", Shape.TEXT),
            needed("complaint", Shape.TERM),
            free("link", Shape.LINK)),
    /** Data is restricted from now on (Art. 18). */
    RESTRICTED(number(), needed("day", Shape.DAY), free("link", Shape.LINK)),
    /** A restriction is about to be lifted (Art. 18(3)). */
    RESTRICTION_ENDS(number(), needed("day", Shape.DAY), needed("reason", Shape.TEXT), free("link", Shape.LINK)),
    /** To a recipient: what was erased, rectified or restricted (Art. 19). */
    RECIPIENT_NOTICE(
            free("recipient", Shape.WORDS),
            number(),
            needed("done", Shape.TERM),
            needed("data", Shape.WORDS),
            needed("person", Shape.TEXT),
            free("day", Shape.DAY),
            needed("link", Shape.LINK)),
    /** To a recipient who has not confirmed that. */
    RECIPIENT_REMINDER(
            free("recipient", Shape.WORDS),
            number(),
            needed("done", Shape.TERM),
            needed("data", Shape.WORDS),
            needed("person", Shape.TEXT),
            needed("day", Shape.DAY),
            needed("link", Shape.LINK)),
    /** To those who work on requests: one is due. */
    STAFF_DEADLINE(asked(), number(), needed("by", Shape.DAY), free("left", Shape.COUNT), needed("link", Shape.LINK)),
    /** The same of several at once. */
    STAFF_DEADLINES(
            needed("several", Shape.COUNT),
            free("late", Shape.COUNT),
            needed("by", Shape.DAY),
            needed("link", Shape.LINK)),
    /** To the address that the notice names: whether somebody reads what comes there (Art. 12(2), 13(1)(a)). */
    CONTACT_CHECK(needed("by", Shape.DAY), needed("link", Shape.LINK));

    @SuppressWarnings("ImmutableEnumChecker") // nobody can change it: it is unmodifiable, and of records
    private final Map<String, Slot> slots;

    LetterKind(Slot... own) {
        Map<String, Slot> all = new LinkedHashMap<>();
        Stream.concat(common(), Arrays.stream(own)).forEach(slot -> all.put(slot.name(), slot));
        this.slots = Collections.unmodifiableMap(all);
    }

    private static Stream<Slot> common() {
        return Stream.of(free("company", Shape.WORDS), free("contact", Shape.WORDS));
    }

    private static Slot asked() {
        return free("asked", Shape.TERM);
    }

    private static Slot number() {
        return free("number", Shape.WORDS);
    }

    /** As files are called, and as what is noted of a letter calls it: {@code proof-link}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<LetterKind> named(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /** Its places, by name; {@code company} and {@code contact} are every letter's. */
    public Map<String, Slot> slots() {
        return slots;
    }

    /** Its own places: those that the sender fills in. */
    public List<Slot> own() {
        List<Slot> everywhere = common().toList();
        return slots.values().stream()
                .filter(slot -> !everywhere.contains(slot))
                .toList();
    }
}
