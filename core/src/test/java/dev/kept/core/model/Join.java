package dev.kept.core.model;

import dev.kept.core.datamap.TableName;
import java.util.List;

/** Columns here that equal columns there: a foreign key or a declared link. */
record Join(
        TableName from,
        List<String> columns,
        TableName to,
        List<String> targets,
        boolean casefold,
        boolean foreignKey,
        List<String> none) {

    /** Whether a row's values lead nowhere: one is NULL, or stands for nobody. */
    boolean nobody(Row row, List<String> columns) {
        return row.anyNull(columns)
                || (!none.isEmpty() && none.contains(row.printed(columns).getFirst()));
    }
}
