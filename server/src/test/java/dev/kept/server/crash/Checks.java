package dev.kept.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What must hold of a shop after whatever has happened to it. */
final class Checks {

    private Checks() {}

    static void done(CornerShop.Said said) {
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
    }

    /** A run that says it has ended is over, and everything is gone that it was to remove. */
    static void nothingIsReportedDoneThatIsNot(
            CornerShop shop, Map<String, List<String>> expected, Map<String, String> but) {
        if (!shop.state("SELECT id FROM kept.run WHERE ended_at IS NOT NULL").isEmpty()) {
            assertThat(shop.rows(but)).isEqualTo(expected);
        }
        assertThat(shop.state("SELECT id FROM kept.run WHERE ended_at IS NOT NULL ORDER BY id"))
                .isEqualTo(shop.state("SELECT run FROM kept.journal WHERE kind IN ('sweep', 'erase') ORDER BY run"));
    }

    /** Each row that is gone, or was added, is in the evidence once. */
    static void goneIsWhatIsCounted(CornerShop shop, Map<String, Long> before) {
        Map<String, Long> gone = new TreeMap<>();
        shop.sizes().forEach((table, now) -> gone.put(table, before.getOrDefault(table, 0L) - now));
        Map<String, Long> counted = new TreeMap<>();
        CornerShop.TABLES.forEach(table -> counted.put(table, 0L));
        shop.counted().forEach((what, rows) -> {
            if (what.endsWith(".deleted") || what.endsWith(".released")) {
                counted.merge(what.substring(0, what.indexOf('.')), rows, Long::sum);
            } else if (what.endsWith(".added")) {
                counted.merge(what.substring(0, what.indexOf('.')), -rows, Long::sum);
            }
        });
        assertThat(counted).isEqualTo(gone);
    }

    /** Who signed in with a whole account still has it. */
    static void areThere(CornerShop shop, Set<Long> alive) {
        assertThat(shop.store("SELECT id FROM customers WHERE email IS NOT NULL"))
                .containsAll(alive.stream().map(String::valueOf).toList());
    }

    /** No run, step, key or lock is left. */
    static void nothingIsLeftOver(CornerShop shop) {
        assertThat(shop.state("SELECT id FROM kept.run WHERE ended_at IS NULL OR run_key IS NOT NULL"
                        + " OR identifiers IS NOT NULL"))
                .isEmpty();
        assertThat(shop.state("SELECT step FROM kept.run_step WHERE state NOT IN ('applied', 'aborted')"))
                .isEmpty();
        assertThat(shop.state("SELECT seq FROM kept.journal WHERE entry LIKE '%batchesWithUnknownCount%'"))
                .isEmpty();
        assertThat(shop.store("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND database ="
                        + " (SELECT oid FROM pg_database WHERE datname = current_database())"))
                .isEmpty();
    }
}
