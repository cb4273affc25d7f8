package dev.kept.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    private static final List<String> KNOWN = List.of("email", "name", "order-line", "on-request");

    @ParameterizedTest
    @CsvSource({
        "emial, email",
        "emails, email",
        "nam, name",
        "order_line, order-line",
        "orderline, order-line",
        "onrequest, on-request"
    })
    void a_slip_finds_the_name_that_was_meant(String written, String meant) {
        assertThat(Spelling.nearest(written, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"phone", "x", "order-placed-on"})
    void another_word_finds_nothing(String written) {
        assertThat(Spelling.nearest(written, KNOWN)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"abc, abc, 0", "'', abc, 3", "ab, ba, 1", "kitten, sitting, 3", "ca, abc, 3"})
    void the_distance_counts_slips(String one, String other, int distance) {
        assertThat(Spelling.distance(one, other)).isEqualTo(distance);
    }

    @Test
    void without_a_similar_name_a_few_are_listed_and_many_are_not() {
        assertThat(Spelling.suggest("phone", KNOWN))
                .isEqualTo("write one of `email`, `name`, `order-line`, `on-request`");
        assertThat(Spelling.suggest("phone", List.of())).isEmpty();
    }
}
