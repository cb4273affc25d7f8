package dev.kept.server.run;

import dev.kept.core.lifecycle.Plan;
import dev.kept.stores.postgres.look.LookResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A sweep that would take more than a set share of a table, or scan too much, waits for a second person's yes. */
final class Brake {

    /** Tables with fewer rows may go whole. */
    static final long SMALL_TABLE_ROWS = 100;

    /** Rows read for foreign keys without an index beyond which a run is refused. */
    static final long MOST_SCANNED_ROWS = 20_000_000_000L;

    private Brake() {}

    /** Rows that are emptied count like rows that are deleted: some of them go, too, once what refers to them is gone. */
    static List<String> over(LookResult look, int percent) {
        List<String> over = new ArrayList<>();
        look.tables().forEach((table, found) -> {
            long taken = found.removable() + found.outstanding();
            if (found.rows() > SMALL_TABLE_ROWS && taken * 100 > found.rows() * percent) {
                over.add(String.format(
                        Locale.ROOT,
                        "%,d of %,d rows of `%s` would be deleted%s (%d %%)",
                        taken,
                        found.rows(),
                        table,
                        found.outstanding() == 0 ? "" : " or cleared",
                        taken * 100 / found.rows()));
            }
        });
        return over;
    }

    /** A foreign key without an index that would cost more than may be spent, with the index that helps. */
    static Optional<String> tooManyScans(Plan plan, LookResult look) {
        return plan.tables()
                .flatMap(table -> table.cost().scans().stream()
                        .filter(scan -> Optional.ofNullable(look.tables().get(table.table()))
                                .filter(found -> found.removable() > 0
                                        && scan.rowsScanned() > MOST_SCANNED_ROWS / Math.max(1, found.removable()))
                                .isPresent()))
                .map(scan -> scan.createIndex())
                .findFirst();
    }
}
