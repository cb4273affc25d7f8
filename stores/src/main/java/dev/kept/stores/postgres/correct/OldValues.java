package dev.kept.stores.postgres.correct;

import dev.kept.core.rights.CorrectionPlan.PersonTable;
import dev.kept.core.rights.CorrectionPlan.Target;
import dev.kept.core.source.Place;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Where a value that was replaced may still stand: in columns of the same category, and, where it is telling enough, in any other text. */
final class OldValues {

    /** Shorter values stand in columns of other categories by chance. */
    static final int SHORTEST_TELLING = 4;

    private final CorrectionSql sql;

    OldValues(CorrectionSql sql) {
        this.sql = sql;
    }

    /** A value that was replaced. Never printed. */
    record Replaced(String before, Optional<String> after, List<String> categories, Place place) {

        @Override
        public String toString() {
            return "a replaced value of " + categories;
        }
    }

    /** The columns and paths of a table in which the old value is looked for. Secrets are looked into by nobody. */
    List<Target> targets(PersonTable table, Replaced replaced) {
        return table.targets().stream()
                .filter(target -> target.refusal()
                        .filter(no -> no.code().equals("secret") || no.code().equals("not-personal"))
                        .isEmpty())
                .filter(target -> !Collections.disjoint(target.categories(), replaced.categories())
                        || (telling(replaced) && text(target)))
                .toList();
    }

    private static boolean telling(Replaced replaced) {
        return replaced.before().strip().length() >= SHORTEST_TELLING;
    }

    private boolean text(Target target) {
        return !target.path().isEmpty() || sql.tables().isText(target.table(), target.column());
    }

    Sql still(List<Target> targets, Replaced replaced, Row row) {
        return Sql.or(
                targets.stream().map(target -> still(target, replaced, row)).toList());
    }

    Sql still(Target target, Replaced replaced, Row row) {
        return CorrectionSql.still(target, replaced.before(), replaced.after(), row);
    }
}
