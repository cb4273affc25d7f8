package dev.kept.core.binding;

import dev.kept.core.datamap.BoundStore.Role;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Store;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.Table.BelongsTo;
import dev.kept.core.datamap.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A table's ways to persons, followed from table to table. */
final class Roles {

    /** The longest way followed; a longer one is a mistake of the map. */
    static final int MAX_LINKS = 16;

    private final Store store;
    private final Links links;
    private final Problems problems;
    private final Map<TableName, List<Role>> found = new HashMap<>();
    private final Set<TableName> underWay = new LinkedHashSet<>();
    private final Map<TableName, Map<String, Link>> entryLinks = new HashMap<>();

    Roles(Store store, Links links, Problems problems) {
        this.store = store;
        this.links = links;
        this.problems = problems;
    }

    /** The links of a table's {@code belongs-to} entries, by entry. */
    Map<String, Link> entryLinks(Table table) {
        Map<String, Link> known = entryLinks.get(table.name());
        if (known == null) {
            known = new java.util.LinkedHashMap<>();
            for (BelongsTo entry : table.belongsTo().values()) {
                Optional<Link> link = links.of(table, entry);
                if (link.isPresent()) {
                    known.put(entry.role(), link.get());
                }
            }
            entryLinks.put(table.name(), known);
        }
        return known;
    }

    List<Role> of(Table table) {
        List<Role> known = found.get(table.name());
        if (known != null) {
            return known;
        }
        if (!underWay.add(table.name()) || underWay.size() > MAX_LINKS) {
            problems.error(
                    "ownership-circle",
                    table.name(),
                    List.of("belongs-to"),
                    "the way to an owner runs in a circle: " + underWay,
                    "let one of these tables belong to a person; a tree of replies is declared with `replies`");
            return List.of();
        }
        List<Role> roles = new ArrayList<>();
        table.person()
                .ifPresent(person -> roles.add(new Role(Role.SELF, Role.SELF, Optional.of(person.kind()), List.of())));
        entryLinks(table).forEach((entry, link) -> roles.addAll(through(table, entry, link)));
        underWay.remove(table.name());
        found.put(table.name(), List.copyOf(roles));
        return roles;
    }

    private List<Role> through(Table table, String entry, Link link) {
        BelongsTo declared = table.belongsTo().get(entry);
        Table target = store.tables().get(link.to());
        if (declared == null || target == null) {
            return List.of();
        }
        if (declared.target() instanceof Table.Target.OfKind ofKind) {
            return List.of(new Role(entry, entry, Optional.of(ofKind.kind()), List.of(link)));
        }
        if (target.shared()) {
            return List.of(new Role(entry, entry, Optional.empty(), List.of(link)));
        }
        List<Role> beyond = of(target);
        return beyond.stream()
                .map(role -> new Role(
                        beyond.size() == 1 ? entry : entry + "." + role.name(),
                        entry,
                        role.kind(),
                        prefixed(link, role.path())))
                .toList();
    }

    private static List<Link> prefixed(Link first, List<Link> rest) {
        List<Link> path = new ArrayList<>(rest.size() + 1);
        path.add(first);
        path.addAll(rest);
        return path;
    }
}
