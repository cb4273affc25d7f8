package dev.kept.core.constraint;

import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Primary keys as rows may have them, the longest included: what is made from a key is tried with these. */
final class KeySamples {
    private static final int ENDLESS = 10_000;

    private KeySamples() {}

    /** At least two, all different; empty where a key's type is not known. */
    static List<String> of(CatalogueTable table) {
        List<List<String>> byColumn =
                table.primaryKey().stream().map(name -> of(table.column(name))).toList();
        if (byColumn.isEmpty() || byColumn.stream().anyMatch(List::isEmpty)) {
            return List.of();
        }
        int count = byColumn.stream().mapToInt(List::size).max().orElseThrow();
        List<String> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int sample = i;
            samples.add(byColumn.stream()
                    .map(texts -> texts.get(Math.min(sample, texts.size() - 1)))
                    .collect(Collectors.joining("-")));
        }
        return samples;
    }

    private static List<String> of(CatalogueColumn column) {
        ValueType type = ValueType.of(column.baseType());
        return switch (type.kind()) {
            case INTEGER ->
                List.of(
                        "1",
                        switch (column.baseType()) {
                            case "smallint" -> "32767";
                            case "integer" -> "2147483647";
                            default -> "9223372036854775807";
                        });
            case UUID -> List.of("00000000-0000-4000-8000-00000000000a", "ffffffff-ffff-4fff-bfff-ffffffffffff");
            case TEXT, PADDED_TEXT -> {
                int length = type.limit() < 0 ? ENDLESS : type.limit();
                yield column.enumValues().isEmpty()
                        ? List.of("a", cut("A b@c.d", length), "x".repeat(length))
                        : column.enumValues();
            }
            case DATE -> List.of("2024-02-29", "1970-01-01");
            case LOCAL -> List.of("2024-02-29 12:00:00.123456", "1970-01-01 00:00:00");
            case INSTANT -> List.of("2024-02-29 12:00:00.123456+00", "1970-01-01 00:00:00+00");
            case BOOLEAN -> List.of("true", "false");
            case NUMERIC, FLOAT, JSON, OTHER -> List.of();
        };
    }

    private static String cut(String text, int length) {
        return text.substring(0, Math.min(length, text.length()));
    }
}
