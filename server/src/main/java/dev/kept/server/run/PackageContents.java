package dev.kept.server.run;

import dev.kept.core.lifecycle.Facts;
import dev.kept.core.notice.Category;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Use;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.rights.Sight;
import dev.kept.server.access.Contents;
import dev.kept.server.access.Words;
import dev.kept.server.run.AccessService.Extent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What packages are about that are made as of one moment: stores, notice and its words, and what is asked for each person. */
final class PackageContents {

    private final List<LiveStore> stores;
    private final Instant asOf;
    private final Planning planning;
    private final Notice notice;
    private final String hash;
    private final List<Prose> prose;
    private final Map<String, Words> words = new HashMap<>();
    private final Map<String, Facts> facts = new HashMap<>();

    PackageContents(List<LiveStore> stores, List<Prose> prose, Instant asOf, Planning planning) {
        Notice first = stores.getFirst().bound().notice();
        this.stores = List.copyOf(stores);
        this.asOf = asOf;
        this.planning = planning;
        this.notice = together(stores);
        this.hash = Planning.hash(first);
        this.prose = List.copyOf(prose);
    }

    /**
     * What is asked for one person.
     *
     * @param keys hers, by store and kind
     * @param language hers; empty for the notice's first
     */
    Contents of(Map<String, Map<String, List<List<String>>>> keys, Extent extent, Optional<String> language) {
        List<Sight> sights = new ArrayList<>();
        for (LiveStore store : stores) {
            Map<String, List<List<String>>> found = keys.get(store.name());
            if (found != null) {
                Facts known = facts.computeIfAbsent(store.name(), name -> planning.facts(store));
                Sight sight = Sight.of(store.bound(), Planning.asOf(store, asOf), known, Planning.scope(found));
                sights.add(extent == Extent.PORTABLE ? sight.portable() : sight);
            }
        }
        return new Contents(UUID.randomUUID(), asOf, notice, hash, words(language), sights, keys);
    }

    private Words words(Optional<String> language) {
        Notice first = stores.getFirst().bound().notice();
        return words.computeIfAbsent(
                language.orElse(first.languages().getFirst()), asked -> Words.of(first, prose, asked));
    }

    /** The first store's notice with the categories and uses of the others', which Kept's own store has. */
    private static Notice together(List<LiveStore> stores) {
        Notice first = stores.getFirst().bound().notice();
        Map<String, Category> collects = new LinkedHashMap<>(first.collects());
        Map<String, Use> uses = new LinkedHashMap<>(first.uses());
        for (LiveStore store : stores) {
            store.bound().notice().collects().forEach(collects::putIfAbsent);
            store.bound().notice().uses().forEach(uses::putIfAbsent);
        }
        return first.with(uses).collecting(collects);
    }
}
