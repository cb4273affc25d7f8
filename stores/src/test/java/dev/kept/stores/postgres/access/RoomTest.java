package dev.kept.stores.postgres.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.lifecycle.Truth;
import dev.kept.core.rights.SeenRow;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoomTest {

    private static SeenRow row(int ways, int terms, int times) {
        return new SeenRow(
                Collections.nCopies(ways, true),
                Collections.nCopies(terms, Truth.TRUE),
                Collections.nCopies(times, Optional.of(1L)),
                false,
                List.of());
    }

    @Test
    void what_is_held_beside_the_values_counts_too() {
        long none = Room.bytes(row(1, 0, 0));

        assertThat(Room.bytes(row(1, 0, 100))).as("times").isGreaterThanOrEqualTo(none + 100 * 40);
        assertThat(Room.bytes(row(1, 100, 0))).as("terms").isGreaterThanOrEqualTo(none + 100 * 4);
        assertThat(Room.bytes(row(101, 0, 0))).as("ways").isGreaterThanOrEqualTo(none + 100 * 4);
    }
}
