package dev.kept.core.datamap.join;

import dev.kept.core.datamap.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the tables of a store are about: the words of their names without what stands in all of them ({@code wp_}, {@code tbl_}, {@code _entity}). */
final class TableWords {

    /** Words that only say that it is a table. */
    private static final Set<String> NOISE =
            Set.of("tbl", "tb", "t", "table", "entity", "entities", "master", "record");

    /** A first word that so many tables share, of all, says nothing of one. */
    private static final int SHARED_PERCENT = 60;

    private static final int FEWEST_SHARING = 3;

    private final Map<TableName, List<String>> words = new HashMap<>();

    TableWords(Collection<TableName> tables) {
        Map<String, Long> first = new HashMap<>();
        tables.forEach(table -> first.merge(firstOf(Words.of(table.name())), 1L, Long::sum));
        for (TableName table : tables) {
            List<String> all = Words.of(table.name());
            long sharing = first.getOrDefault(firstOf(all), 0L);
            boolean prefix = all.size() > 1
                    && sharing >= FEWEST_SHARING
                    && 100 * sharing >= (long) SHARED_PERCENT * tables.size();
            List<String> telling = new ArrayList<>(prefix ? all.subList(1, all.size()) : all);
            telling.removeIf(NOISE::contains);
            words.put(table, telling.isEmpty() ? all : List.copyOf(telling));
        }
    }

    private static String firstOf(List<String> words) {
        return words.isEmpty() ? "" : words.getFirst();
    }

    List<String> of(TableName table) {
        return words.getOrDefault(table, List.of());
    }
}
