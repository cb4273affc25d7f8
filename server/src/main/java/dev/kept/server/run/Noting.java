package dev.kept.server.run;

import dev.kept.core.datamap.TableName;
import dev.kept.core.live.Grants;
import dev.kept.core.rights.EndingPlan.ByHand;
import dev.kept.core.rights.EndingPlan.Place;
import dev.kept.core.rights.EndingPlan.Reason;
import dev.kept.core.rights.EndingPlanner;
import dev.kept.server.state.State;
import dev.kept.stores.postgres.end.Endings;
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
        public Noted {
            byHand = List.copyOf(byHand);
        }
    }

    /**
     * Notes it in one store.
     *
     * @param keys hers by kind
     * @throws dev.kept.server.failure.CannotRun where another Kept is at work there
     * @throws StoreException where the store fails: nothing is changed, and the same again goes on
     */
    public Noted note(LiveStore store, Map<String, List<List<String>>> keys, Note note) {
        List<Place> places = places(store, keys, note);
        return places.isEmpty() ? new Noted(new TreeMap<>(), List.of()) : inSession(store, places, true);
    }

    /**
     * Takes it back where it still stands as it was noted.
     *
     * @param byHand columns that were left to people when it was noted, see {@link #columns}: whoever noted it there has to take it back
     */
    public Noted lift(LiveStore store, Map<String, List<List<String>>> keys, Note note, Set<String> byHand) {
        List<Place> places = places(store, keys, note).stream()
                .filter(place -> place.refusal().isPresent() || leftToPeople(place, byHand))
                .toList();
        if (places.isEmpty()) {
            return new Noted(new TreeMap<>(), List.of());
        }
        Noted lifted = inSession(store, places, false);
        List<ByHand> tasks = new ArrayList<>(lifted.byHand());
        places.stream()
                .filter(place -> place.refusal().isPresent() && leftToPeople(place, byHand))
                .forEach(place -> EndingAttempt.add(tasks, place, Reason.REFUSED, 1));
        return new Noted(lifted.rows(), tasks);
    }

    private static boolean leftToPeople(Place place, Set<String> byHand) {
        return !Collections.disjoint(columns(place.table(), place.columns()), byHand);
    }

    private static List<Place> places(LiveStore store, Map<String, List<List<String>>> keys, Note note) {
        BiPredicate<TableName, String> writable =
                (table, column) -> Optional.ofNullable(store.schema().grants().get(table))
                        .map(Grants::updatable)
                        .map(updatable -> updatable.contains(column))
                        .orElse(true);
        return note.uses()
                .map(uses ->
                        EndingPlanner.objections(store.bound(), Planning.asOf(store, note.at()), keys, uses, writable))
                .orElseGet(() ->
                        EndingPlanner.restrictions(store.bound(), Planning.asOf(store, note.at()), keys, writable));
    }

    private Noted inSession(LiveStore store, List<Place> planned, boolean stands) {
        RunService runs = new RunService(state, state.clock(), faults);
        try (StoreSession session = runs.open(store, SessionOptions.forPersons("kept requests"))) {
            runs.finishBroken(store, session, RunOptions.defaults(), RunWatch.NONE);
            List<Place> places = new ArrayList<>(planned);
            Duration backoff = FIRST_BACKOFF;
            for (int attempt = 1; ; attempt++) {
                try {
                    return once(store, session, places, stands);
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

    private Noted once(LiveStore store, StoreSession session, List<Place> places, boolean stands) {
        Endings endings = new Endings(store.catalogue());
        SortedMap<String, Long> rows = new TreeMap<>();
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            if (place.refusal().isPresent()) {
                try {
                    long changed = stands
                            ? endings.note(session.connection(), place)
                            : endings.lift(session.connection(), place);
                    rows.merge(place.written(), changed, Long::sum);
                } catch (StoreException e) {
                    if (e.kind() != Kind.CONSTRAINT && e.kind() != Kind.NO_PROGRESS && e.kind() != Kind.OTHER) {
                        throw e;
                    }
                    session.connection().rollback();
                    places.set(i, place.byHand(Reason.REFUSED));
                    return once(store, session, places, stands); // without it, from the beginning
                }
            }
        }
        session.faults().reached(Point.ROWS_LOCKED);
        session.connection().commit();
        session.faults().reached(Point.COMMITTED);
        return new Noted(rows, byHand(endings, session, places, stands));
    }

    /** What the store does not say yet; or, where it was taken back, would not let be taken back. */
    private static List<ByHand> byHand(Endings endings, StoreSession session, List<Place> places, boolean stands) {
        List<ByHand> tasks = new ArrayList<>();
        for (Place place : places) {
            if (stands) {
                Left left = endings.left(session.connection(), place);
                Optional<Reason> reason = place.reason();
                if (reason.isPresent()) {
                    EndingAttempt.add(tasks, place, reason.get(), left.rows());
                } else {
                    EndingAttempt.add(tasks, place, Reason.OTHER_PERSONS, left.ofOthers());
                    EndingAttempt.add(tasks, place, Reason.REFUSED, left.rows() - left.ofOthers());
                }
            } else if (place.reason().isPresent()) {
                tasks.add(new ByHand(
                        place.use(),
                        place.table(),
                        place.columns(),
                        place.reason().get(),
                        1));
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
