package dev.kept.server.request;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.notice.Notice;
import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.LiveStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The notice as it is obeyed now, and its stores as they are now. A store that does not open, or is isolated, is named, and keeps none of the others from their
 * work.
 */
final class Workplace {

    private final Home home;
    private final Map<String, LiveStore> open = new LinkedHashMap<>();
    private final Map<String, String> problems = new LinkedHashMap<>();

    /** What has just been seen to, and left to people: it is not tried again at once. */
    private final Set<Map.Entry<UUID, String>> leftToPeople = new HashSet<>();

    private Workplace(Home home) {
        this.home = home;
    }

    static Workplace of(Home home) {
        Workplace place = new Workplace(home);
        for (BoundStore store : home.stores(Optional.empty())) {
            String name = store.store().name();
            try {
                place.open.put(name, LiveStore.open(home, store));
            } catch (CannotRun e) {
                place.problems.put(name, e.problem());
            }
        }
        return place;
    }

    Home home() {
        return home;
    }

    Notice notice() {
        return home.checked().notice().orElseThrow();
    }

    /** Stores that answer. */
    List<LiveStore> stores() {
        return new ArrayList<>(open.values());
    }

    /** Every store of the notice, by name, whether it answers or not. */
    List<String> names() {
        return home.stores(Optional.empty()).stream()
                .map(store -> store.store().name())
                .toList();
    }

    /** A store by its map, whether it answers or not. */
    Optional<BoundStore> bound(String name) {
        return Optional.ofNullable(home.checked().stores().get(name));
    }

    Optional<LiveStore> store(String name) {
        return Optional.ofNullable(open.get(name));
    }

    /** Why stores do not answer, by name. */
    Map<String, String> problems() {
        return problems;
    }

    void leftToPeople(UUID request, String store) {
        leftToPeople.add(Map.entry(request, store));
    }

    boolean isLeftToPeople(UUID request, String store) {
        return leftToPeople.contains(Map.entry(request, store));
    }
}
