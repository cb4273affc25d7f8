package dev.kept.core.datamap.draft;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.TableName;
import dev.kept.core.datamap.join.JoinGuess;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How rows lead to rows of other tables: by foreign keys, and by joins that are guessed. */
final class Ways {

    /**
     * A way to a row of {@code to}.
     *
     * @param guess empty for a foreign key
     */
    record Way(TableName from, List<String> columns, TableName to, Optional<JoinGuess> guess) {
        Match match() {
            return guess.map(JoinGuess::match).orElse(Match.EXACT);
        }

        Optional<String> why() {
            return guess.map(JoinGuess::why);
        }

        /** What is worth knowing of a guess beside why it is believed. */
        List<String> comments() {
            List<String> lines = new ArrayList<>();
            guess.ifPresent(join -> {
                if (!join.others().isEmpty()) {
                    lines.add("`" + join.column() + "` could also lead to " + String.join(", ", join.others()));
                }
                join.index().ifPresent(index -> lines.add("no index leads back: " + index));
            });
            return lines;
        }
    }

    private final Catalogue catalogue;
    private final Map<TableName, List<JoinGuess>> joins = new LinkedHashMap<>();

    Ways(Catalogue catalogue, List<JoinGuess> guesses) {
        this.catalogue = catalogue;
        guesses.forEach(guess ->
                joins.computeIfAbsent(guess.from(), any -> new ArrayList<>()).add(guess));
    }

    List<JoinGuess> guesses(TableName from) {
        return joins.getOrDefault(from, List.of());
    }

    /** From a table to others. Where rows refer to one by its key, an address they have in common is no other way. */
    List<Way> from(CatalogueTable table) {
        List<Way> ways = new ArrayList<>();
        table.foreignKeys().forEach(key -> ways.add(new Way(table.name(), key.columns(), key.to(), Optional.empty())));
        Stream.of(true, false)
                .flatMap(byKey -> guesses(table.name()).stream().filter(join -> toKey(join) == byKey))
                .filter(join ->
                        toKey(join) || ways.stream().noneMatch(way -> way.to().equals(join.to())))
                .forEachOrdered(
                        join -> ways.add(new Way(table.name(), List.of(join.column()), join.to(), Optional.of(join))));
        return ways.stream().filter(way -> !way.to().equals(table.name())).toList();
    }

    /** Whether it leads to the primary key. */
    boolean toKey(JoinGuess join) {
        return catalogue
                .find(join.to())
                .filter(table -> table.primaryKey().equals(List.of(join.target())))
                .isPresent();
    }

    boolean leadsTo(CatalogueTable table, Set<TableName> others) {
        return from(table).stream().anyMatch(way -> others.contains(way.to()));
    }

    /** The way to another row of the same table, where there is one and no foreign key says so. */
    Optional<JoinGuess> tree(CatalogueTable table) {
        List<JoinGuess> own = guesses(table.name()).stream()
                .filter(join -> join.self() && toKey(join))
                .toList();
        boolean declared = table.foreignKeys().stream().anyMatch(key -> key.to().equals(table.name()));
        return own.size() == 1 && !declared ? Optional.of(own.getFirst()) : Optional.empty();
    }
}
