package dev.kept.server.run;

import dev.kept.core.notice.prose.Prose;
import dev.kept.core.rights.Sight;
import dev.kept.server.access.Contents;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.AccessService.Extent;
import dev.kept.server.state.State;
import dev.kept.stores.postgres.access.ReadOfHer;
import dev.kept.stores.postgres.access.ReadingOfMany;
import dev.kept.stores.postgres.access.RowReader;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.session.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What several persons are to be handed out is read together: in each store one statement a table for all of whom the same is asked. Each package is made of it
 * afterwards, by {@link AccessService#write(List, Gathered, java.io.OutputStream)}.
 */
public final class AccessOfMany {

    /** The most persons who are read together. */
    public static final int MOST_PERSONS = ReadingOfMany.MOST_PERSONS;

    private final State state;
    private final InstantSource clock;
    private final Duration limit;

    public AccessOfMany(State state, InstantSource clock) {
        this(state, clock, ReadingOfMany.SNAPSHOT_LIMIT);
    }

    /** @param limit how long the reading of one store may take */
    AccessOfMany(State state, InstantSource clock, Duration limit) {
        this.state = state;
        this.clock = clock;
        this.limit = limit;
    }

    /**
     * One who asks.
     *
     * @param keys hers, by store and kind of person; stores that do not know her are left out
     * @param operator who acts, which the private log hears before anything is read
     */
    public record Asking(Map<String, Map<String, List<List<String>>>> keys, Extent extent, Operator operator) {
        @Override
        public String toString() {
            return "somebody who asks";
        }
    }

    /** What was read of one of them, held in memory until her package is made of it. */
    public static final class Gathered {

        private final Contents contents;
        private final Extent extent;
        private final String commitment;
        private final Map<String, ReadOfHer> read = new LinkedHashMap<>();

        private Gathered(Contents contents, Extent extent, String commitment) {
            this.contents = contents;
            this.extent = extent;
            this.commitment = commitment;
        }

        Contents contents() {
            return contents;
        }

        Extent extent() {
            return extent;
        }

        String commitment() {
            return commitment;
        }

        void tell(Sight sight, RowReader reader) {
            Objects.requireNonNull(read.get(name(sight))).tell(reader);
        }

        private static String name(Sight sight) {
            return sight.store().store().name();
        }

        private Optional<Sight> sight(LiveStore store) {
            return contents.sights().stream()
                    .filter(sight -> name(sight).equals(store.name()))
                    .findFirst();
        }

        private long bytes() {
            return read.values().stream().mapToLong(ReadOfHer::bytes).sum();
        }
    }

    /**
     * Reads what all are to be handed out.
     *
     * @param stores where to look; at least one
     * @param prose the notice's texts, for their words
     * @param people at most {@link #MOST_PERSONS}
     * @return of each of them, in their order; empty where nobody else is asked the same in a store, or where she has more than is held in memory: hers is
     *     made by itself
     * @throws CannotRun where a store cannot be read whole for one of them
     */
    public List<Optional<Gathered>> gather(List<LiveStore> stores, List<Prose> prose, List<Asking> people) {
        AccessService.refuse(state, stores);
        PackageContents contents = new PackageContents(stores, prose, clock.instant(), new Planning(state));
        List<Gathered> all = people.stream()
                .map(one -> new Gathered(
                        contents.of(one.keys(), one.extent()),
                        one.extent(),
                        one.operator().commit(state.privateLog())))
                .toList();
        List<Gathered> here = new ArrayList<>(all);
        try {
            stores.forEach(store -> read(store, here));
        } catch (StoreException e) {
            throw new CannotRun(e.getMessage(), e.attempt().isEmpty() ? "try again" : e.attempt(), e);
        }
        return all.stream()
                .map(one -> here.contains(one) ? Optional.of(one) : Optional.<Gathered>empty())
                .toList();
    }

    /** Reads a store for all who are still here and have something in it; who cannot be read together is here no more. */
    private void read(LiveStore store, List<Gathered> here) {
        ReadingOfMany reading = new ReadingOfMany(store.catalogue());
        Map<List<String>, List<Gathered>> alike = new LinkedHashMap<>();
        here.forEach(one -> one.sight(store)
                .ifPresent(sight -> alike.computeIfAbsent(reading.asked(sight), asked -> new ArrayList<>())
                        .add(one)));
        for (List<Gathered> some : alike.values()) {
            if (some.size() < 2) {
                here.removeAll(some);
            } else {
                read(store, reading, some, here);
            }
        }
    }

    private void read(LiveStore store, ReadingOfMany reading, List<Gathered> some, List<Gathered> here) {
        long held = here.stream().mapToLong(Gathered::bytes).sum();
        List<Sight> sights =
                some.stream().map(one -> one.sight(store).orElseThrow()).toList();
        try (StoreConnection connection = store.connector().open()) {
            List<Optional<ReadOfHer>> read =
                    reading.read(connection, sights, held, limit, () -> Detached.refuse(state, store.name()));
            for (int i = 0; i < some.size(); i++) {
                Gathered one = some.get(i);
                read.get(i).ifPresentOrElse(hers -> one.read.put(store.name(), hers), () -> here.remove(one));
            }
        }
    }
}
