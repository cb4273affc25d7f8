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
import java.time.Instant;
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

    /** How long the reading of all stores may take. */
    public static final Duration LIMIT = ReadingOfMany.SNAPSHOT_LIMIT;

    private final State state;
    private final InstantSource clock;

    public AccessOfMany(State state, InstantSource clock) {
        this.state = state;
        this.clock = clock;
    }

    /**
     * One who asks.
     *
     * @param keys hers, by store and kind of person; stores that do not know her are left out
     * @param operator who acts
     * @param language hers (BCP 47), for the words of her package
     */
    public record Asking(
            Map<String, Map<String, List<List<String>>>> keys, Extent extent, Operator operator, String language) {
        @Override
        public String toString() {
            return "somebody who asks";
        }
    }

    /** One who asks, and by which commitment the private log has heard who acts: nothing of hers is read before. */
    public record Recorded(Asking asking, String commitment) {}

    /** What was read of one of them, held in memory until her package is made of it. */
    public static final class Gathered {

        private final Contents contents;
        private final Recorded person;
        private final Map<String, ReadOfHer> read = new LinkedHashMap<>();

        private Gathered(Contents contents, Recorded person) {
            this.contents = contents;
            this.person = person;
        }

        Contents contents() {
            return contents;
        }

        Extent extent() {
            return person.asking().extent();
        }

        String commitment() {
            return person.commitment();
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
     * @throws CannotRun where a store cannot be read whole for one of them, or all takes longer than {@link #LIMIT}
     */
    public List<Optional<Gathered>> gather(List<LiveStore> stores, List<Prose> prose, List<Recorded> people) {
        AccessService.refuse(state, stores);
        Instant begun = clock.instant();
        PackageContents contents = new PackageContents(stores, prose, begun, new Planning(state));
        List<Gathered> all = people.stream()
                .map(one -> new Gathered(
                        contents.of(
                                one.asking().keys(),
                                one.asking().extent(),
                                Optional.of(one.asking().language())),
                        one))
                .toList();
        List<Gathered> here = new ArrayList<>(all);
        try {
            stores.forEach(store -> read(store, here, begun.plus(LIMIT)));
        } catch (StoreException e) {
            throw new CannotRun(e.getMessage(), e.attempt().isEmpty() ? "try again" : e.attempt(), e);
        }
        return all.stream()
                .map(one -> here.contains(one) ? Optional.of(one) : Optional.<Gathered>empty())
                .toList();
    }

    /** Reads a store for all who are still here and have something in it; who cannot be read together is here no more. */
    private void read(LiveStore store, List<Gathered> here, Instant deadline) {
        ReadingOfMany reading = new ReadingOfMany(store.catalogue());
        Map<List<String>, List<Gathered>> alike = new LinkedHashMap<>();
        here.forEach(one -> one.sight(store)
                .ifPresent(sight -> alike.computeIfAbsent(reading.asked(sight), asked -> new ArrayList<>())
                        .add(one)));
        for (List<Gathered> some : alike.values()) {
            if (some.size() < 2) {
                some.forEach(one -> fall(one, here));
            } else {
                read(store, reading, some, here, deadline);
            }
        }
    }

    /** Nothing is held of who is here no more. */
    private static void fall(Gathered one, List<Gathered> here) {
        here.remove(one);
        one.read.clear();
    }

    private void read(
            LiveStore store, ReadingOfMany reading, List<Gathered> some, List<Gathered> here, Instant deadline) {
        Duration left = Duration.between(clock.instant(), deadline);
        long held = here.stream().mapToLong(Gathered::bytes).sum();
        List<Sight> sights =
                some.stream().map(one -> one.sight(store).orElseThrow()).toList();
        try (StoreConnection connection = store.connector().open()) {
            List<Optional<ReadOfHer>> read =
                    reading.read(connection, sights, held, left, () -> Detached.refuse(state, store.name()));
            for (int i = 0; i < some.size(); i++) {
                Gathered one = some.get(i);
                read.get(i).ifPresentOrElse(hers -> one.read.put(store.name(), hers), () -> fall(one, here));
            }
        }
    }
}
