package dev.kept.core.datamap;

import java.util.List;
import java.util.Optional;

/**
 * One column of a data map, as written; a JSON path under {@code at} is a column of its own.
 *
 * @param path the JSON path inside the column ({@code email}, {@code contact.phone} as a list of keys); empty for the whole column
 * @param categories what it holds, by the notice's categories; empty with {@code notPersonal}
 * @param onlyFor the uses it serves, where it serves fewer than its categories do
 * @param of the roles whose it is; empty: all
 * @param cleared the value that takes its place when it is forgotten, as PostgreSQL reads it; empty: NULL or what fits
 * @param guess why a draft thinks so; a guess fails the check until somebody confirms it by removing the word
 */
public record Column(
        String name,
        List<String> path,
        List<String> categories,
        boolean notPersonal,
        List<String> onlyFor,
        List<String> of,
        Optional<String> cleared,
        Optional<String> guess) {

    public Column {
        path = List.copyOf(path);
        categories = List.copyOf(categories);
        onlyFor = List.copyOf(onlyFor);
        of = List.copyOf(of);
    }

    /** {@code email}, or {@code doc$.contact.email} for a path. */
    public String id() {
        return path.isEmpty() ? name : name + "$." + String.join(".", path);
    }
}
