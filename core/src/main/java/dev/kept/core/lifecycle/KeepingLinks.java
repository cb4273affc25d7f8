package dev.kept.core.lifecycle;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.PointerLink;
import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.TableName;
import dev.kept.core.notice.End;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Links whose rows keep what they point to: foreign keys, and declared ones across which something is read. Neither T nor facts matter to them. */
final class KeepingLinks {

    private final BoundStore store;
    private final EventSources sources;
    private final Map<TableName, List<Link>> incoming = new HashMap<>();

    KeepingLinks(BoundStore store, EventSources sources) {
        this.store = store;
        this.sources = sources;
        foreignKeys();
        declaredLinks();
    }

    private void foreignKeys() {
        for (CatalogueTable table : store.catalogue().tables().values()) {
            for (ForeignKey key : table.foreignKeys()) {
                add(new Link(
                        key.from(),
                        key.columns(),
                        key.to(),
                        key.targetColumns(),
                        Match.EXACT,
                        !key.partly(),
                        List.of(),
                        true));
            }
        }
    }

    private void declaredLinks() {
        for (BoundTable table : store.tables().values()) {
            for (Role role : table.roles()) {
                int read = linksRead(table, role);
                for (int i = 0; i < role.path().size(); i++) {
                    boolean leadsOn = i + 1 < role.path().size() || role.kind().isEmpty();
                    if (leadsOn || i < read) {
                        add(role.path().get(i));
                    }
                }
            }
            sources.dating(table.name()).forEach(dating -> dating.path().forEach(this::add));
            table.pointers().stream().map(PointerLink::link).forEach(this::add);
            table.parent().ifPresent(this::add);
        }
    }

    /** How many links of a role's way are crossed to read events, facts or conditions. */
    private int linksRead(BoundTable table, Role role) {
        List<Level> levels = sources.levels(table, role);
        int read = 0;
        for (Use use : Owners.uses(store, table.map().uses())) {
            for (End.Clause clause : use.allClauses()) {
                for (String event : clause.events()) {
                    read = Math.max(
                            read,
                            sources.find(levels, event)
                                    .map(found -> found.level().path().size())
                                    .orElse(0));
                }
            }
            for (Level level : levels) {
                if (level.table().map().facts().containsKey(use.id())) {
                    read = Math.max(read, level.path().size());
                }
            }
        }
        return read;
    }

    /** Whether events, facts or conditions of some row are read across the link, or it is decided there what becomes of rows nobody owns. */
    boolean readAcross(Link link) {
        return store.tables().values().stream()
                .anyMatch(table -> table.roles().stream().anyMatch(role -> {
                    int at = role.path().indexOf(link);
                    return at >= 0
                            && (at < linksRead(table, role)
                                    || (at > 0 && table.map().unowned().isPresent()));
                }));
    }

    private void add(Link link) {
        List<Link> links = incoming.computeIfAbsent(link.to(), name -> new ArrayList<>());
        if (links.stream().noneMatch(other -> sameEnds(other, link))) {
            links.add(link);
        }
    }

    static boolean sameEnds(Link a, Link b) {
        return a.from().equals(b.from()) && a.to().equals(b.to()) && pairs(a).equals(pairs(b));
    }

    private static Set<List<String>> pairs(Link link) {
        Set<List<String>> pairs = new HashSet<>();
        for (int i = 0; i < link.columns().size(); i++) {
            pairs.add(List.of(link.columns().get(i), link.targetColumns().get(i)));
        }
        return pairs;
    }

    /** All links that are known: foreign keys and declared ones, those that keep nothing included. */
    List<Link> everyLink() {
        List<Link> all = new ArrayList<>();
        incoming.values().forEach(all::addAll);
        store.tables().values().forEach(table -> all.addAll(table.links()));
        return all;
    }

    /** Links whose rows keep what they point to. */
    List<Link> into(TableName table) {
        return incoming.getOrDefault(table, List.of());
    }

    /** Declared links that keep what they point to and meet it by this column: it stays with what they need. */
    List<Link> declaredInto(TableName table, String column) {
        return into(table).stream()
                .filter(link -> !link.foreignKey() && link.targetColumns().contains(column))
                .toList();
    }
}
