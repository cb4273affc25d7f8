package dev.kept.core.rights.request;

import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * By what a deadline is counted.
 *
 * @param zone the controller's: days begin and end there
 * @param promised what the notice says ({@code rights.answered-within}); the law's month binds besides
 */
public record Terms(ZoneId zone, Optional<Span> promised) {

    /** When a day begins where the controller is. */
    public Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    public static Terms of(Notice notice) {
        return new Terms(notice.controller().zone(), notice.rights().answeredWithin());
    }
}
