package dev.kept.core.rights;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Table;
import dev.kept.core.lifecycle.Reach;
import dev.kept.core.notice.Category;
import dev.kept.core.notice.Share;
import dev.kept.core.rights.SeenColumn.Guard;
import dev.kept.core.rights.SeenColumn.Sort;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Which columns of her rows a person sees. What is not known to be hers is left out. */
final class Columns {

    private final BoundStore store;
    private final Ways ways;

    Columns(BoundStore store, Ways ways) {
        this.store = store;
        this.ways = ways;
    }

    /** In the order of the table; a generated column that the map does not name repeats others, perhaps another person's, and is left out. */
    List<SeenColumn> of(BoundTable table, List<Way> hers) {
        List<SeenColumn> seen = new ArrayList<>();
        for (CatalogueColumn live : table.catalogue().columns().values()) {
            Optional<List<Guard>> guards = guards(table, live.name(), hers);
            if (guards.isEmpty()) {
                continue;
            }
            List<BoundColumn> declared = table.columns().values().stream()
                    .filter(column -> column.map().name().equals(live.name()))
                    .toList();
            for (BoundColumn column : declared) {
                declared(table, live, column, hers, guards.get()).ifPresent(seen::add);
            }
            if (declared.isEmpty()) {
                structure(table, live, hers, guards.get()).ifPresent(seen::add);
            }
        }
        return seen;
    }

    private Optional<SeenColumn> declared(
            BoundTable table, CatalogueColumn live, BoundColumn column, List<Way> hers, List<Guard> guards) {
        List<Integer> seenIn = column.map().notPersonal() || table.map().shared() ? all(hers) : in(column, hers);
        if (seenIn.isEmpty()) {
            return Optional.empty();
        }
        boolean path = !column.map().path().isEmpty();
        List<Category> categories = column.map().categories().stream()
                .flatMap(id -> Optional.ofNullable(store.notice().collects().get(id)).stream())
                .toList();
        boolean secret = categories.stream().anyMatch(Category::secret) || secretLink(table, live.name());
        return Optional.of(new SeenColumn(
                column.map().id(),
                live.name(),
                column.map().path(),
                live.baseType(),
                path ? Shape.JSON : Shape.of(live.baseType()),
                column.map().notPersonal() ? Sort.CONTEXT : Sort.DATA,
                seenIn,
                guards,
                secret,
                categories.stream().map(Category::id).toList(),
                column.map().notPersonal() ? new LinkedHashSet<>(table.map().uses()) : column.uses(),
                recipients(column),
                categories.stream()
                        .flatMap(category -> category.sources().stream())
                        .distinct()
                        .toList(),
                column.roles().size() > seenIn.size() || table.map().shared()));
    }

    private static List<Integer> in(BoundColumn column, List<Way> hers) {
        return IntStream.range(0, hers.size())
                .filter(way -> column.roles().contains(hers.get(way).name()))
                .boxed()
                .toList();
    }

    private static List<Integer> all(List<Way> hers) {
        return IntStream.range(0, hers.size()).boxed().toList();
    }

    /** Keys, links and the columns that events, facts and conditions read. */
    private Optional<SeenColumn> structure(BoundTable table, CatalogueColumn live, List<Way> hers, List<Guard> guards) {
        Set<String> keys = new LinkedHashSet<>(table.catalogue().primaryKey());
        keys.addAll(table.map().person().map(Table.Person::key).orElse(List.of()));
        boolean link = table.links().stream().anyMatch(each -> each.columns().contains(live.name()));
        if (!keys.contains(live.name()) && !link && !table.deciding().contains(live.name())) {
            return Optional.empty();
        }
        return Optional.of(new SeenColumn(
                live.name(),
                live.name(),
                List.of(),
                live.baseType(),
                Shape.of(live.baseType()),
                link ? Sort.LINK : keys.contains(live.name()) ? Sort.KEY : Sort.CONTEXT,
                all(hers),
                guards,
                secretLink(table, live.name()),
                List.of(),
                new LinkedHashSet<>(table.map().uses()),
                List.of(),
                List.of(),
                false));
    }

    /** What lets a column through that is part of links to persons' rows; empty where one of them can lead to no row of hers. */
    private Optional<List<Guard>> guards(BoundTable table, String column, List<Way> hers) {
        Set<Guard> guards = new LinkedHashSet<>();
        for (Link link : table.links()) {
            boolean nobodys = Optional.ofNullable(store.store().tables().get(link.to()))
                    .filter(target -> !target.personal())
                    .isPresent();
            if (!link.columns().contains(column) || nobodys) {
                continue;
            }
            Optional<Reach> own = store.tables().containsKey(link.to()) ? ways.into(link) : Optional.empty();
            if (own.isEmpty()) {
                return Optional.empty();
            }
            if (hers.size() != 1 || !hers.getFirst().reach().equals(own.get())) {
                guards.add(new Guard(link.columns(), own.get()));
            }
        }
        return Optional.of(List.copyOf(guards));
    }

    /** Whether the column repeats a secret of the row it leads to: a session's token, say. */
    private boolean secretLink(BoundTable table, String column) {
        return table.links().stream()
                .filter(link -> link.columns().contains(column))
                .anyMatch(link -> Optional.ofNullable(store.tables().get(link.to()))
                        .map(target -> target.columns()
                                .get(link.targetColumns().get(link.columns().indexOf(column))))
                        .filter(target -> target.map().categories().stream()
                                .flatMap(id -> Optional.ofNullable(
                                        store.notice().collects().get(id))
                                        .stream())
                                .anyMatch(Category::secret))
                        .isPresent());
    }

    /** The shares that cover what the column holds, for one of the uses it serves; one that names no uses is for any. */
    private List<String> recipients(BoundColumn column) {
        return store.notice().shares().values().stream()
                .filter(share -> share.data().stream().anyMatch(column.map().categories()::contains))
                .filter(share -> share.uses().isEmpty() || share.uses().stream().anyMatch(column.uses()::contains))
                .map(Share::id)
                .toList();
    }
}
