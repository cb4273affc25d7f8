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
        boolean foreignKey) {}
