package dev.kept.core.datamap.join;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.TableName;
import dev.kept.core.datamap.join.JoinCandidate.Family;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which pairs of columns are worth a look: of one type, not joined by a foreign key, one of them a key or how people are found. */
public final class JoinCandidates {

    /** So many pairs are looked at, the best named first. */
    public static final int MOST = 2_000;

    private record Target(CatalogueTable table, String column, boolean finder, boolean unique) {}

    private final Map<TableName, Set<String>> people;
    private final Naming naming;
    private final Map<Family, List<Target>> targets = new EnumMap<>(Family.class);

    private JoinCandidates(Catalogue catalogue, Map<TableName, Set<String>> people) {
        this.people = people;
        this.naming = new Naming(new TableWords(catalogue.tables().keySet()), people.keySet());
    }

    /**
     * The candidates, best named first.
     *
     * @param people tables whose rows look like persons, with the columns by which these are found
     */
    public static List<JoinCandidate> of(Catalogue catalogue, Map<TableName, Set<String>> people) {
        JoinCandidates candidates = new JoinCandidates(catalogue, people);
        catalogue.tables().values().forEach(candidates::collect);
        return catalogue.tables().values().stream()
                .flatMap(from ->
                        from.columns().values().stream().flatMap(column -> candidates.from(from, column).stream()))
                .sorted(Comparator.comparing(JoinCandidate::name))
                .limit(MOST)
                .toList();
    }

    private void collect(CatalogueTable table) {
        Map<String, Target> found = new LinkedHashMap<>();
        if (table.primaryKey().size() == 1) {
            String key = table.primaryKey().getFirst();
            found.put(key, new Target(table, key, false, true));
        }
        Set<String> finders = people.getOrDefault(table.name(), Set.of());
        table.uniqueKeys().stream()
                .filter(key -> key.columns().size() == 1
                        && !key.expression()
                        && key.partial().isEmpty())
                .map(key -> key.columns().getFirst())
                .forEach(
                        column -> found.putIfAbsent(column, new Target(table, column, finders.contains(column), true)));
        finders.forEach(column -> found.putIfAbsent(column, new Target(table, column, true, false)));
        found.values()
                .forEach(target -> family(table, target.column())
                        .ifPresent(family -> targets.computeIfAbsent(family, any -> new ArrayList<>())
                                .add(target)));
    }

    private static Optional<Family> family(CatalogueTable table, String column) {
        CatalogueColumn found = table.columns().get(column);
        return found == null || !found.enumValues().isEmpty() ? Optional.empty() : Family.of(found.baseType());
    }

    private List<JoinCandidate> from(CatalogueTable from, CatalogueColumn column) {
        Optional<Family> family = family(from, column.name());
        if (family.isEmpty() || column.generated() || declared(from, column.name())) {
            return List.of();
        }
        List<JoinCandidate> candidates = new ArrayList<>();
        for (Target target : targets.getOrDefault(family.get(), List.of())) {
            if (from.name().equals(target.table().name()) && column.name().equals(target.column())) {
                continue;
            }
            NameFit name = naming.fit(from, column.name(), target.table(), target.column(), family.get());
            if (plausible(from, column.name(), target, family.get(), name)) {
                candidates.add(new JoinCandidate(
                        from,
                        column.name(),
                        target.table(),
                        target.column(),
                        family.get(),
                        name,
                        target.finder(),
                        target.unique()));
            }
        }
        return candidates;
    }

    /** A table's own key leads elsewhere only where its name says so; numbers are found everywhere. */
    private boolean plausible(CatalogueTable from, String column, Target target, Family family, NameFit name) {
        boolean own = from.primaryKey().equals(List.of(column))
                || people.getOrDefault(from.name(), Set.of()).contains(column);
        boolean self = from.name().equals(target.table().name());
        return switch (name) {
            case TABLE, LAST_WORD, QUALIFIED -> !self;
            case SAME -> !self && !own;
            case PARENT, ROLE -> !own;
            case NONE -> !own && !self && family != Family.INTEGER;
        };
    }

    private static boolean declared(CatalogueTable table, String column) {
        Set<String> declared = new HashSet<>();
        table.foreignKeys().forEach(key -> declared.addAll(key.columns()));
        return declared.contains(column);
    }
}
