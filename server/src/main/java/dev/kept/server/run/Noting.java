package dev.kept.server.run;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.live.Grants;
import dev.kept.core.rights.EndingPlan.ByHand;
import dev.kept.core.rights.EndingPlan.Place;
import dev.kept.core.rights.EndingPlan.Reason;
import dev.kept.core.rights.EndingPlanner;
import dev.kept.server.state.State;
import dev.kept.stores.postgres.end.Endings;
import dev.kept.stores.postgres.end.Endings.Alike;
import dev.kept.stores.postgres.end.Endings.Left;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.FaultPoints.Point;
import dev.kept.stores.postgres.session.Pauses;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreException.Kind;
import dev.kept.stores.postgres.session.StoreSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/**
 * Notes in a store's own columns what Kept knows of a person for a while: an objection that somebody has to weigh first (GDPR Art. 21(1)), a restriction
 * (Art. 18); and takes it back. So the company's applications obey meanwhile. Kept's fact stays the source: nothing ends, stays or is refused because of these
 * columns. Done again with the same time it changes nothing and counts alike: it needs no run to be carried on.
 */
public final class Noting {

    private static final int MOST_ATTEMPTS = 3;
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);

    private final State state;
    private final FaultPoints faults;

    public Noting(State state, FaultPoints faults) {
        this.state = state;
        this.faults = faults;
    }

    /** What is noted: empty for a restriction, else the uses that were objected to. */
    public record Note(Optional<SortedSet<String>> uses, Instant at) {}

    /**
     * What a store says now.
     *
     * @param rows by column, in which it stands, or from which it was taken back
     * @param byHand what somebody has to do in the application
     */
    public record Noted(SortedMap<String, Long> rows, List<ByHand> byHand) {
        static final Noted NOTHING = new Noted(Collections.emptySortedMap(), List.of());

        public Noted {
            byHand = List.copyOf(byHand);
        }
    }

    /**
     * Somebody of whom something is noted.
     *
     * @param keys hers by kind
     * @param byHand columns that were left to people when it was noted, see {@link #columns}: whoever noted it there has to take it back
     */
    public record Whose(Map<String, List<List<String>>> keys, Note note, Set<String> byHand) {
        public Whose(Map<String, List<List<String>>> keys, Note note) {
            this(keys, note, Set.of());
        }

        @Override
        public String toString() {
            return "a person's " + note;
        }
    }

    /**
     * Notes it in one store.
     *
     * @throws dev.kept.server.failure.CannotRun where another Kept is at work there
     * @throws StoreException where the store fails: nothing is changed, and the same again goes on
     */
    public Noted note(LiveStore store, Whose person) {
        return note(store, List.of(person)).orElseThrow().getFirst();
    }

    /**
     * Notes it of many, with one statement a place and step.
     *
     * @param people of the same kinds, and about the same uses
     * @return in their order; empty where the store refuses it for one of them: then nothing is written, and each has to be seen to by herself
     */
    public Optional<List<Noted>> note(LiveStore store, List<Whose> people) {
        List<Alike> places = places(store, people);
        return places.isEmpty()
                ? Optional.of(people.stream().map(person -> Noted.NOTHING).toList())
                : inSession(store, places, people, true);
    }

    /** Takes it back where it still stands as it was noted. */
    public Noted lift(LiveStore store, Whose person) {
        List<Alike> places = places(store, List.of(person)).stream()
                .filter(place -> place.first().refusal().isPresent() || leftToPeople(place.first(), person.byHand()))
                .toList();
        if (places.isEmpty()) {
            return Noted.NOTHING;
        }
        Noted lifted =
                inSession(store, places, List.of(person), false).orElseThrow().getFirst();
        List<ByHand> tasks = new ArrayList<>(lifted.byHand());
        places.stream()
                .map(Alike::first)
                .filter(place -> place.refusal().isPresent() && leftToPeople(place, person.byHand()))
                .forEach(place -> LeftToPeople.add(tasks, place, Reason.REFUSED, 1));
        return new Noted(lifted.rows(), tasks);
    }

    private static boolean leftToPeople(Place place, Set<String> byHand) {
        return !Collections.disjoint(columns(place.table(), place.columns()), byHand);
    }

    private static List<Alike> places(LiveStore store, List<Whose> people) {
        List<List<Place>> each =
                people.stream().map(person -> places(store, person)).toList();
        return IntStream.range(0, each.getFirst().size())
                .mapToObj(i -> new Alike(
                        each.stream().map(places -> places.get(i)).toList(),
                        people.stream().map(Whose::keys).toList()))
                .toList();
    }

    private static List<Place> places(LiveStore store, Whose person) {
        BiPredicate<TableName, String> writable =
                (table, column) -> Optional.ofNullable(store.schema().grants().get(table))
                        .map(Grants::updatable)
                        .map(updatable -> updatable.contains(column))
                        .orElse(true);
        AsOf asOf = Planning.asOf(store, person.note().at());
        return person.note()
                .uses()
                .map(uses -> EndingPlanner.objections(store.bound(), asOf, person.keys(), uses, writable))
                .orElseGet(() -> EndingPlanner.restrictions(store.bound(), asOf, person.keys(), writable));
    }

    private Optional<List<Noted>> inSession(LiveStore store, List<Alike> planned, List<Whose> people, boolean stands) {
        RunService runs = new RunService(state, state.clock(), faults);
        try (StoreSession session = runs.open(store, SessionOptions.forPersons("kept requests"))) {
            runs.finishBroken(store, session, RunOptions.defaults(), RunWatch.NONE);
            List<Alike> places = new ArrayList<>(planned);
            Duration backoff = FIRST_BACKOFF;
            for (int attempt = 1; ; attempt++) {
                try {
                    return once(store, session, places, people.size(), stands);
                } catch (StoreException e) {
                    rollback(session, e);
                    if (e.kind() != Kind.CONFLICT || attempt == MOST_ATTEMPTS) {
                        throw e;
                    }
                    Pauses.sleeping().pause(backoff);
                    backoff = backoff.multipliedBy(2);
                }
            }
        }
    }

    private Optional<List<Noted>> once(
            LiveStore store, StoreSession session, List<Alike> places, int people, boolean stands) {
        Endings endings = new Endings(store.catalogue());
        List<SortedMap<String, Long>> rows = IntStream.range(0, people)
                .<SortedMap<String, Long>>mapToObj(i -> new TreeMap<>())
                .toList();
        for (int i = 0; i < places.size(); i++) {
            Alike place = places.get(i);
            if (place.first().refusal().isPresent()) {
                try {
                    List<Long> changed = stands
                            ? endings.note(session.connection(), place)
                            : endings.lift(session.connection(), place);
                    for (int person = 0; person < people; person++) {
                        rows.get(person).merge(place.first().written(), changed.get(person), Long::sum);
                    }
                } catch (StoreException e) {
                    if (e.kind() != Kind.CONSTRAINT && e.kind() != Kind.NO_PROGRESS && e.kind() != Kind.OTHER) {
                        throw e;
                    }
                    session.connection().rollback();
                    if (people > 1) {
                        return Optional.empty();
                    }
                    places.set(i, place.byHand(Reason.REFUSED));
                    return once(store, session, places, people, stands); // without it, from the beginning
                }
            }
        }
        session.faults().reached(Point.ROWS_LOCKED);
        session.connection().commit();
        session.faults().reached(Point.COMMITTED);
        List<List<ByHand>> byHand = byHand(endings, session, places, people, stands);
        return Optional.of(IntStream.range(0, people)
                .mapToObj(i -> new Noted(rows.get(i), byHand.get(i)))
                .toList());
    }

    /** What the store does not say yet of each; or, where it was taken back, would not let be taken back. */
    private static List<List<ByHand>> byHand(
            Endings endings, StoreSession session, List<Alike> places, int people, boolean stands) {
        List<List<ByHand>> tasks = IntStream.range(0, people)
                .<List<ByHand>>mapToObj(i -> new ArrayList<>())
                .toList();
        for (Alike place : places) {
            List<Left> left = stands ? endings.left(session.connection(), place) : List.of();
            for (int i = 0; i < people; i++) {
                Place hers = place.each().get(i);
                if (stands) {
                    LeftToPeople.add(tasks.get(i), hers, left.get(i));
                } else if (hers.reason().isPresent()) {
                    LeftToPeople.add(tasks.get(i), hers, hers.reason().get(), 1);
                }
            }
        }
        session.connection().rollback();
        return tasks;
    }

    private static void rollback(StoreSession session, StoreException reason) {
        try {
            session.connection().rollback();
        } catch (StoreException e) {
            reason.addSuppressed(e);
        }
    }

    /** {@code shop.customers.objected_at}: the columns of a task, as the ledger has them. */
    public static SortedSet<String> columns(ByHand task) {
        return columns(task.table(), task.columns());
    }

    private static SortedSet<String> columns(TableName table, List<String> columns) {
        SortedSet<String> named = new TreeSet<>();
        columns.forEach(column -> named.add(table + "." + column));
        return named;
    }

    /** One sentence: what to do about what Kept could not write. */
    public static String task(ByHand task, boolean stands) {
        String what =
                task.use().isEmpty() ? "that the person's data is restricted" : "the objection to `" + task.use() + "`";
        String where = "`" + String.join("`, `", task.columns()) + "` of `" + task.table() + "`";
        String why = switch (task.reason()) {
            case GENERATED -> "the database makes the column itself";
            case OTHER_USES -> "the column speaks of other uses, too";
            case NOT_GRANTED -> "Kept's role may not write the column";
            case OTHER_PERSONS -> "her rows are another person's, too";
            case STATE -> "the notice counts an end from it, and nothing ends before somebody has weighed it";
            case REFUSED, NO_DATE -> "a constraint or trigger is against it, or something else stands there";
        };
        return (stands ? "note " + what + " in " : "take back " + what + " in ") + where + ": " + why;
    }
}
