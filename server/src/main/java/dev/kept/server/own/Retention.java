package dev.kept.server.own;

import dev.kept.core.notice.End;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Span;
import dev.kept.core.notice.Use;
import dev.kept.server.configuration.Home;
import dev.kept.server.configuration.RequestSettings;
import dev.kept.server.failure.CannotRun;
import java.util.Optional;

/**
 * How long what Kept holds of a request is kept once it is closed: as long as {@code kept.yaml} says, and at most as long as the notice promises.
 *
 * @param keptFor that it was asked and answered
 * @param answer the answer, and what it needs to be handed out again
 */
record Retention(Span keptFor, Span answer) {

    /** Where nothing says otherwise: as long as whoever complains of the answer may go to court (in Germany § 195 BGB). */
    static final Span BY_DEFAULT = new Span(3, Span.Unit.YEAR);

    static Retention of(Home home) {
        RequestSettings settings = home.settings().requests();
        return of(home.checked().notice().orElseThrow(), settings.keptFor(), settings.answer());
    }

    /**
     * What binds.
     *
     * @param wanted as {@code kept.yaml} says; empty where it says nothing
     * @throws CannotRun where that is longer than the notice promises
     */
    static Retention of(Notice notice, Optional<Span> wanted, Span answer) {
        Optional<Span> most = promised(notice);
        if (wanted.isPresent() && most.isPresent() && longer(wanted.get(), most.get())) {
            throw new CannotRun(
                    "`requests: {kept-for: " + wanted.get() + "}` in `kept.yaml` is longer than the notice promises: "
                            + most.get(),
                    "a shorter time, or a duty `requests` under `keeps.beyond` with the law that it follows");
        }
        Span keptFor = wanted.orElse(BY_DEFAULT);
        return new Retention(most.filter(limit -> longer(keptFor, limit)).orElse(keptFor), answer);
    }

    /** The longest that the notice lets requests be kept: its own rule for them, or else its longest period. */
    private static Optional<Span> promised(Notice notice) {
        Use own = notice.uses().get("requests");
        if (own != null && !own.ends().isEmpty()) {
            return own.clauses().stream().map(End.Clause::span).reduce((a, b) -> longer(a, b) ? a : b);
        }
        return notice.keeps().longest();
    }

    private static boolean longer(Span one, Span other) {
        return one.atMostDays() > other.atMostDays();
    }
}
