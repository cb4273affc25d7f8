package dev.kept.core.wording;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.util.ULocale;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatesTest {

    @ParameterizedTest
    @CsvSource({
        "en-GB, 1 March 2027",
        "de, 1. März 2027",
        "es, 1 de marzo de 2027",
        "fr, 1er mars 2027",
        "fr-CA, 1er mars 2027",
        "it, 1 marzo 2027",
        "nl, 1 maart 2027",
        "pl, 1 marca 2027",
        "zh, 2027年3月1日"
    })
    void the_first_of_a_month_is_written_as_the_language_does(String language, String said) {
        assertThat(Dates.day(LocalDate.of(2027, 3, 1), ULocale.forLanguageTag(language)))
                .isEqualTo(said);
    }

    @Test
    void other_days_in_french_are_numbers() {
        assertThat(Dates.day(LocalDate.of(2027, 3, 11), ULocale.FRENCH)).isEqualTo("11 mars 2027");
        assertThat(Dates.day(LocalDate.of(2027, 3, 21), ULocale.FRENCH)).isEqualTo("21 mars 2027");
    }

    /** The calendars of these countries count other years, and call months otherwise. */
    @ParameterizedTest
    @CsvSource({"th, 2027, มีนาคม", "fa, ۲۰۲۷, مارس", "ar-SA, ٢٠٢٧, مارس", "ja-JP-u-ca-japanese, 2027, 3月"})
    void years_are_those_of_the_law_in_every_language(String language, String year, String month) {
        assertThat(Dates.day(LocalDate.of(2027, 3, 15), ULocale.forLanguageTag(language)))
                .contains(year)
                .contains(month);
    }

    @Test
    void a_moment_is_by_the_clocks_of_its_zone() {
        Instant moment = Instant.parse("2027-02-28T23:30:00Z");

        assertThat(Dates.moment(moment, ZoneId.of("Europe/Paris"), ULocale.FRENCH))
                .startsWith("1er mars 2027")
                .endsWith("00:30");
        assertThat(Dates.moment(moment, ZoneId.of("Europe/Lisbon"), ULocale.GERMAN))
                .startsWith("28. Februar 2027")
                .endsWith("23:30");
    }
}
