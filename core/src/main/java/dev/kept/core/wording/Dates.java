package dev.kept.core.wording;

import com.ibm.icu.text.DateFormat;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;

/**
 * Days and moments as a language writes them out (Unicode CLDR, the long form), always by the Gregorian calendar: of a Thai notice, too, the year is the
 * one that the law and its periods count.
 */
public final class Dates {

    private static final String FRENCH = "fr";

    private Dates() {}

    /** "1 March 2026". */
    public static String day(LocalDate day, ULocale language) {
        DateFormat format = DateFormat.getDateInstance(DateFormat.LONG, gregorian(language));
        format.setTimeZone(TimeZone.GMT_ZONE);
        return said(format, day.atStartOfDay(ZoneOffset.UTC).toInstant(), language);
    }

    /** "1 March 2026 at 14:30", by the clocks of a zone. */
    public static String moment(Instant moment, ZoneId zone, ULocale language) {
        DateFormat format = DateFormat.getDateTimeInstance(DateFormat.LONG, DateFormat.SHORT, gregorian(language));
        format.setTimeZone(TimeZone.getTimeZone(zone.getId()));
        return said(format, moment, language);
    }

    private static ULocale gregorian(ULocale language) {
        return language.setKeywordValue("calendar", "gregorian");
    }

    private static String said(DateFormat format, Instant moment, ULocale language) {
        String said = format.format(Date.from(moment));
        // the first of a month is an ordinal in French, which CLDR's pattern does not know
        return language.getLanguage().equals(FRENCH) ? said.replaceFirst("^1 (?=\\p{L})", "1er ") : said;
    }
}
