package dev.kept.core.rights;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.BoundStore.PointerLink;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Everything in a store that refers to something else. */
final class StoreLinks {

    private StoreLinks() {}

    /** Foreign keys of all tables and declared links, each once; a foreign key counts before a declared link with the same ends. */
    static List<Link> of(BoundStore store) {
        List<Link> all = new ArrayList<>();
        for (CatalogueTable table : store.catalogue().tables().values()) {
            for (ForeignKey key : table.foreignKeys()) {
                all.add(new Link(
                        key.from(), key.columns(), key.to(), key.targetColumns(), Match.EXACT, true, List.of(), true));
            }
        }
        for (BoundTable table : store.tables().values()) {
            all.addAll(table.links());
            table.pointers().stream().map(PointerLink::link).forEach(all::add);
            table.parent().ifPresent(all::add);
        }
        Set<Object> seen = new HashSet<>();
        return all.stream().filter(link -> seen.add(ends(link))).toList();
    }

    private static Object ends(Link link) {
        Set<List<String>> pairs = new HashSet<>();
        for (int i = 0; i < link.columns().size(); i++) {
            pairs.add(List.of(link.columns().get(i), link.targetColumns().get(i)));
        }
        return List.of(link.from(), link.to(), pairs);
    }
}
