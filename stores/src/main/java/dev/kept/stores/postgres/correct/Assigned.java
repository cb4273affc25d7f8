package dev.kept.stores.postgres.correct;

import java.util.List;
import java.util.Optional;

/**
 * What is to stand in a column, or at a path in one. Never printed.
 *
 * @param value as PostgreSQL reads it for the column's type; for a path, a JSON value; empty for NULL, or no value at the path
 */
record Assigned(String column, List<String> path, Optional<String> value) {
    Assigned {
        path = List.copyOf(path);
    }

    @Override
    public String toString() {
        return path.isEmpty() ? column : column + " $." + String.join(".", path);
    }
}
