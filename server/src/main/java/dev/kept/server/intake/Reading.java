package dev.kept.server.intake;

import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Use;
import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.AskCheck;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Problems;
import dev.kept.core.source.Spelling;
import dev.kept.server.request.Typed;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Holds requests of a file against the notice and the clock: everything wrong at once, each with its line. */
final class Reading {

    /** A number of another system: no address, no name and no sentence. */
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/#+-]{0,99}");

    /** As for requests that programs hand over: what came longer ago could not be answered in time. */
    private static final int OLDEST_YEARS = 10;

    private final Notice notice;
    private final Instant now;
    private final Problems problems;
    private final Map<String, Integer> lines = new HashMap<>();

    Reading(Notice notice, Instant now, Problems problems) {
        this.notice = notice;
        this.now = now;
        this.problems = problems;
    }

    List<Taken> all(List<Written> written) {
        List<Taken> all = new ArrayList<>();
        written.forEach(one -> one(one).ifPresent(all::add));
        return all;
    }

    private Optional<Taken> one(Written written) {
        Place place = written.place();
        Optional<String> reference = reference(written);
        Optional<Ask> ask = ask(written);
        Optional<Instant> received = received(written);
        Optional<String> language = language(written);
        // all three are looked at: everything is told at once
        boolean name = length(written, "name", Typed.MOST_NAME);
        boolean typedAddress = length(written, "address", Typed.MOST_ADDRESS);
        boolean words = length(written, "words", Typed.MOST_WORDS);
        boolean fits = name && typedAddress && words;
        String address = written.field("address");
        if (!address.isEmpty() && !address.contains("@")) {
            fits = problem(place, "bad-address", "`address` is no e-mail address", "leave it out where there is none");
        }
        if (!fits || reference.isEmpty() || ask.isEmpty() || received.isEmpty() || language.isEmpty()) {
            return Optional.empty();
        }
        Typed typed = new Typed(written.field("name"), address, written.field("words"), Map.of());
        return Optional.of(new Taken(reference.get(), ask.get(), typed, language.get(), received.get()));
    }

    /** @return never true */
    private boolean problem(Place place, String code, String message, String attempt) {
        problems.add(Problem.error(code, place, "", message, attempt));
        return false;
    }

    private Optional<String> reference(Written written) {
        String reference = written.field("reference");
        if (!REFERENCE.matcher(reference).matches()) {
            problem(
                    written.place(),
                    "bad-reference",
                    reference.isEmpty() ? "there is no `reference`" : "`reference` is no number of a request",
                    "how the other system calls it: up to 100 letters, digits and . _ : / # + -, without blanks");
            return Optional.empty();
        }
        Integer before = lines.putIfAbsent(reference, written.place().line());
        if (before != null) {
            problem(
                    written.place(),
                    "reference-twice",
                    "the same `reference` stands at line " + before + " already",
                    "give each request its own");
            return Optional.empty();
        }
        return Optional.of(reference);
    }

    private Optional<Ask> ask(Written written) {
        List<String> kinds = Arrays.stream(Kind.values()).map(Kind::word).toList();
        Optional<Kind> kind = Kind.parse(written.field("kind"));
        if (kind.isEmpty()) {
            problem(
                    written.place(),
                    "unknown-kind",
                    "`kind` is no kind of request",
                    Spelling.nearest(written.field("kind"), kinds)
                            .map(near -> "did you mean `" + near + "`?")
                            .orElse("write " + Spelling.oneOf(kinds)));
            return Optional.empty();
        }
        List<String> uses = Arrays.stream(written.field("uses").split("[\\s,;]+", -1))
                .filter(use -> !use.isEmpty())
                .toList();
        return fitting(written.place(), kind.get(), uses);
    }

    private Optional<Ask> fitting(Place place, Kind kind, List<String> uses) {
        List<String> known = AskCheck.uses(notice, kind).stream().map(Use::id).toList();
        String attempt = known.isEmpty() ? "the notice has none" : "write " + Spelling.oneOf(known);
        if (kind.namesUse() == uses.isEmpty()) {
            problem(
                    place,
                    "bad-uses",
                    uses.isEmpty()
                            ? "`uses` is missing: a request of kind `" + kind.word() + "` is about uses"
                            : "`uses` is not asked for by a request of kind `" + kind.word() + "`",
                    uses.isEmpty() ? attempt : "leave it out");
            return Optional.empty();
        }
        boolean fits = uses.size() <= Ask.MOST_USES && uses.stream().distinct().count() == uses.size();
        if (!fits || !AskCheck.misfits(notice, new Ask(kind, uses)).isEmpty()) {
            problem(place, "bad-uses", "`uses` names a use of which that cannot be asked, or one twice", attempt);
            return Optional.empty();
        }
        return Optional.of(new Ask(kind, uses));
    }

    private Optional<Instant> received(Written written) {
        Optional<Instant> received = moment(written.field("received"));
        Instant oldest = now.atOffset(ZoneOffset.UTC).minusYears(OLDEST_YEARS).toInstant();
        if (received.isEmpty()) {
            problem(
                    written.place(),
                    "bad-date",
                    "`received` is no day",
                    "write it as 2026-11-02, or as 2026-11-02T09:30:00+01:00");
        } else if (received.get().isAfter(now)) {
            problem(written.place(), "bad-date", "`received` is still to come", "name the day on which it came");
            return Optional.empty();
        } else if (received.get().isBefore(oldest)) {
            problem(written.place(), "bad-date", "`received` is more than " + OLDEST_YEARS + " years ago", "");
            return Optional.empty();
        }
        return received;
    }

    /** A day begins where the controller is. */
    private Optional<Instant> moment(String text) {
        try {
            return Optional.of(
                    text.length() == "2026-11-02".length()
                            ? LocalDate.parse(text)
                                    .atStartOfDay(notice.controller().zone())
                                    .toInstant()
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Optional<String> language(Written written) {
        String wanted = written.field("language");
        if (wanted.isEmpty()) {
            return Optional.of(notice.languages().getFirst());
        }
        Optional<String> known =
                notice.languages().stream().filter(wanted::equalsIgnoreCase).findFirst();
        if (known.isEmpty()) {
            problem(
                    written.place(),
                    "unknown-language",
                    "`language` is none of the notice's",
                    "write " + Spelling.oneOf(notice.languages()));
        }
        return known;
    }

    private boolean length(Written written, String name, int most) {
        String text = written.field(name);
        boolean fits = text.length() <= most && text.indexOf('\0') < 0;
        return fits
                || problem(
                        written.place(),
                        "too-long",
                        "`" + name + "` has more than " + most + " characters, or one that no text has",
                        "");
    }
}
