package dev.kept.core.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.notice.Span;
import dev.kept.core.suppression.Sighting.Fit;
import dev.kept.core.suppression.Sighting.Judgement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SightingTest {

    private static final Instant ERASED = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant BEFORE = Instant.parse("2025-01-01T00:00:00Z");
    private static final Instant AFTER = Instant.parse("2026-07-01T00:00:00Z");

    private static Judgement judged(Fit by, boolean restored, Instant earliest, Instant latest) {
        return new Sighting(by, restored, ERASED, Optional.of(earliest), Optional.of(latest)).judge();
    }

    @Test
    void whose_data_is_all_younger_is_left_alone_whatever_fits_and_wherever() {
        for (Fit fit : Fit.values()) {
            for (boolean restored : List.of(true, false)) {
                assertThat(judged(fit, restored, AFTER, AFTER)).isEqualTo(Judgement.LEAVE);
                assertThat(judged(fit, restored, ERASED, ERASED)).isEqualTo(Judgement.LEAVE);
            }
        }
    }

    @Test
    void whose_data_is_all_older_is_erased_again_unless_the_value_may_be_somebody_elses() {
        for (boolean restored : List.of(true, false)) {
            assertThat(judged(Fit.KEY, restored, BEFORE, BEFORE)).isEqualTo(Judgement.ERASE);
            assertThat(judged(Fit.VALUE, restored, BEFORE, ERASED))
                    .as("a value alone may be another person's by now, unless the store is as it was")
                    .isEqualTo(restored ? Judgement.ERASE : Judgement.ASK_SHARED);
            assertThat(judged(Fit.SHARED_VALUE, restored, BEFORE, BEFORE)).isEqualTo(Judgement.ASK_SHARED);
        }
    }

    @Test
    void older_and_younger_data_is_left_to_a_person() {
        for (Fit fit : Fit.values()) {
            assertThat(judged(fit, true, BEFORE, AFTER)).isEqualTo(Judgement.ASK_MIXED);
        }
    }

    @Test
    void a_day_in_which_the_erasure_lies_is_neither_before_nor_after() {
        assertThat(judged(Fit.KEY, true, Instant.parse("2026-06-01T00:00:00Z"), Instant.parse("2026-06-02T00:00:00Z")))
                .isEqualTo(Judgement.ASK_MIXED);
    }

    @Test
    void without_any_date_only_the_key_in_a_restored_store_is_enough() {
        for (Fit fit : Fit.values()) {
            for (boolean restored : List.of(true, false)) {
                Judgement judged = new Sighting(fit, restored, ERASED, Optional.empty(), Optional.empty()).judge();
                assertThat(judged).isEqualTo(restored && fit == Fit.KEY ? Judgement.ERASE : Judgement.ASK_UNDATED);
            }
        }
    }

    @Test
    void hashes_differ_by_key_store_kind_finder_and_where_one_part_ends() {
        byte[] other = new byte[SuppressionKey.BYTES];
        other[0] = 1;
        Set<String> hashes = new HashSet<>();
        List<Identifier> identifiers = List.of(
                Identifier.key("customer", List.of("ab", "c")),
                Identifier.key("customer", List.of("a", "bc")),
                Identifier.key("customer", List.of("abc")),
                Identifier.key("customera", List.of("bc")),
                Identifier.found("customer", "email", "abc"),
                Identifier.found("customer", "emai", "labc"));
        for (SuppressionKey key :
                List.of(new SuppressionKey(new byte[SuppressionKey.BYTES]), new SuppressionKey(other))) {
            for (String store : List.of("shop", "shopc")) {
                identifiers.forEach(identifier -> hashes.add(key.hash(store, identifier)));
            }
        }
        assertThat(hashes).hasSize(24).allMatch(hash -> hash.matches("[0-9a-f]{64}"));
        assertThat(identifiers.toString()).doesNotContain("abc");
    }

    @Test
    void hashes_end_so_long_after_the_last_backup() {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        assertThat(Keeping.endOf(ERASED, zone, Span.parse("35 days"))).isEqualTo("2026-08-05T12:00:00Z");
        assertThat(Keeping.endOf(ERASED, zone, Optional.empty())).isEqualTo("2026-09-29T12:00:00Z");
    }
}
