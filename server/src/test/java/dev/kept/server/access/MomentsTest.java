package dev.kept.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.util.ULocale;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentsTest {

    /** Thailand counts from another year, Iran other months too. */
    @ParameterizedTest
    @CsvSource({"en, 2027, March", "th, 2027, มีนาคม", "fa, ۲۰۲۷, مارس"})
    void years_and_months_are_the_same_in_every_language(String language, String year, String month) {
        Moments moments = new Moments(ULocale.forLanguageTag(language));

        assertThat(moments.date(LocalDate.of(2027, 3, 15))).contains(year, month);
        assertThat(moments.minute(LocalDateTime.of(2027, 3, 15, 9, 30))).contains(year, month);
        assertThat(moments.second(LocalDateTime.of(2027, 3, 15, 9, 30, 12))).contains(year);
    }
}
