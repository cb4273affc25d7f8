package dev.kept.server.access;

import com.ibm.icu.text.DateFormat;
import com.ibm.icu.util.GregorianCalendar;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Date;

/** Days and times as a language writes them, by the Gregorian calendar. Its formatters are not for two threads at once, so each has its turn. */
final class Moments {

    private final DateFormat days;
    private final DateFormat minutes;
    private final DateFormat seconds;

    Moments(ULocale language) {
        ULocale locale = language.setKeywordValue("calendar", "gregorian");
        this.days = plain(DateFormat.getDateInstance(DateFormat.LONG, locale));
        this.minutes = plain(DateFormat.getInstanceForSkeleton("yMMMMdjm", locale));
        this.seconds = plain(DateFormat.getInstanceForSkeleton("yMMMdjms", locale));
    }

    /** What is to be formatted is local already; days before 1582 are counted as ISO 8601 does, as the database counts them. */
    private static DateFormat plain(DateFormat format) {
        format.setTimeZone(TimeZone.GMT_ZONE);
        if (format.getCalendar() instanceof GregorianCalendar gregorian) {
            gregorian.setGregorianChange(Date.from(Instant.ofEpochMilli(Long.MIN_VALUE)));
        }
        return format;
    }

    /** "1 March 2026". */
    String date(LocalDate date) {
        return format(days, date.atTime(LocalTime.MIDNIGHT));
    }

    /** "1 March 2026 at 09:30". */
    String minute(LocalDateTime time) {
        return format(minutes, time);
    }

    /** "1 Mar 2026, 09:30:12". */
    String second(LocalDateTime time) {
        return format(seconds, time);
    }

    private synchronized String format(DateFormat format, LocalDateTime time) {
        return format.format(Date.from(time.toInstant(ZoneOffset.UTC)));
    }
}
