package dev.kept.core.rights.request;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Until when a request is answered: to the end of a day in the controller's zone. The earlier of what the notice promises and one calendar month
 * from receipt (GDPR Art. 12(3); Regulation 1182/71 Art. 3: the day of receipt does not count, and where the month has no such day its last one
 * counts); later by each whole day for which a necessary question stood open, and by an extension of which the person was told in time.
 *
 * @param received the day of receipt
 * @param first the day it was due before pauses and extension
 * @param due the last day to answer, as it is now; while a pause is open it moves on with every day
 * @param extendBy the last day on which the person can be told of an extension
 * @param pausedDays whole days for which the clock stood
 * @param reading why the clock stands where it stands
 */
public record Deadline(
        LocalDate received, LocalDate first, LocalDate due, LocalDate extendBy, long pausedDays, Reading reading) {

    /** So many days before the last one, it is said that it comes. */
    public static final int WARNED_DAYS = 7;

    /** And so many before, urgently. */
    public static final int URGENT_DAYS = 2;

    /** Why the clock stands where it stands. */
    public enum Reading {
        RUNS,
        /** A necessary question to the person is open. */
        STANDS,
        /** It runs, and the person was told that it takes longer. */
        EXTENDED,
        /** The request is at its end. */
        STOPPED;

        public String word() {
            return Kind.Words.of(this);
        }
    }

    /** How near the end is. */
    public enum Alarm {
        NONE,
        SOON,
        URGENT,
        OVERDUE;

        public String word() {
            return Kind.Words.of(this);
        }
    }

    /** Where the clock of a request stands at a time. */
    public static Deadline of(Request request, Terms terms, Instant now) {
        LocalDate received = day(request.receivedAt(), terms);
        LocalDate month = received.plusMonths(1);
        LocalDate first = terms.promised()
                .map(promised -> received.plus(promised.period()))
                .filter(promise -> promise.isBefore(month))
                .orElse(month);
        Instant end = request.closedAt().orElse(now);
        Optional<Extension> extension = request.extension();
        long paused = 0;
        boolean stands = false;
        for (Pause pause : request.pauses()) {
            LocalDate last = extension
                    .filter(told -> !told.at().isAfter(pause.from()))
                    .map(told -> month.plusMonths(told.months()))
                    .orElse(first)
                    .plusDays(paused);
            // a question that is asked when it is too late makes nothing right
            if (!day(pause.from(), terms).isAfter(last)) {
                paused += ChronoUnit.DAYS.between(
                        day(pause.from(), terms), day(pause.until().orElse(end), terms));
                stands = pause.until().isEmpty();
            }
        }
        LocalDate due = extension
                .map(told -> month.plusMonths(told.months()))
                .orElse(first)
                .plusDays(paused);
        LocalDate plain = first.plusDays(paused);
        return new Deadline(
                received, first, due, plain.isBefore(month) ? plain : month, paused, reading(request, stands));
    }

    private static Reading reading(Request request, boolean stands) {
        if (request.closedAt().isPresent()) {
            return Reading.STOPPED;
        }
        if (stands) {
            return Reading.STANDS;
        }
        return request.extension().isPresent() ? Reading.EXTENDED : Reading.RUNS;
    }

    /** The day of an instant where the controller is. */
    public static LocalDate day(Instant at, Terms terms) {
        return at.atZone(terms.zone()).toLocalDate();
    }

    /** How near the end is on a day; nothing while the clock stands still. */
    public Alarm alarm(LocalDate today) {
        if (today.isAfter(due)) {
            return Alarm.OVERDUE;
        }
        if (reading == Reading.STOPPED || reading == Reading.STANDS) {
            return Alarm.NONE;
        }
        long left = ChronoUnit.DAYS.between(today, due);
        return left <= URGENT_DAYS ? Alarm.URGENT : left <= WARNED_DAYS ? Alarm.SOON : Alarm.NONE;
    }
}
