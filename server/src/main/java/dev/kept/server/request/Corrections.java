package dev.kept.server.request;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.rights.request.Deadline;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.Terms;
import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.inform.Carried;
import dev.kept.server.inform.Channels;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.RunService;
import dev.kept.server.state.Run;
import dev.kept.server.state.SealKey;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreSession;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Corrections whose recipients have to hear of them (GDPR Art. 19). One is noted with its run, before anything changes; told is what the run's end says
 * was changed, once, whoever comes first: the command itself, the next one, or the server.
 */
public final class Corrections {

    /** Corrections of commands that are read in one go. */
    private static final int MOST_AT_ONCE = 100;

    private static final int NUMBER_CHARACTERS = 8;

    /** Of a correction whose end is not known for so long, somebody has to see who is to be told: well before it is forgotten (90 days, map of Kept's own data). */
    static final Duration LONGEST_UNKNOWN = Duration.ofDays(30);

    private final State state;

    public Corrections(State state) {
        this.state = state;
    }

    private static String sealedAs(UUID run) {
        return "correction " + run;
    }

    /** A correction for a request: the request knows whose it is. */
    StateChange ofRequest(UUID run, String store, UUID request) {
        return StateChange.of(
                "insert into kept.correction (run, store, request, made_at) values (?, ?, ?, ?)",
                run,
                store,
                request,
                now());
    }

    /**
     * A correction that somebody gave a command for.
     *
     * @param known by what the person is known, before anything changes: sealed until recipients are told
     */
    public StateChange ofCommand(UUID run, String store, Optional<Lookup.OnFile> known) {
        SealKey key = SealKey.fresh();
        String written =
                known.map(file -> file.finder() + "\n" + file.address()).orElse("\n");
        return StateChange.of(
                "with noted as (insert into kept.correction (run, store, made_at, sealed) values (?, ?, ?, ?) returning run)"
                        + " insert into kept.correction_key (run, key) select run, ? from noted",
                run,
                store,
                now(),
                key.seal(sealedAs(run), written.getBytes(StandardCharsets.UTF_8)),
                key.bytes());
    }

    private Object now() {
        return Requests.at(state.clock().instant());
    }

    // --------------------------------------------------------------------------------------------- for a request

    /** A correction that nobody was told of. */
    private record Untold(UUID run, String store, Instant madeAt) {

        /** Before all that there are. */
        static final Untold FIRST = new Untold(new UUID(0, 0), "", Instant.EPOCH);

        static Untold read(ResultSet row) throws SQLException {
            return new Untold(
                    row.getObject("run", UUID.class),
                    row.getString("store"),
                    row.getObject("made_at", OffsetDateTime.class).toInstant());
        }
    }

    /**
     * What Kept corrected for a request, and nobody was told of.
     *
     * @param runs all that were made for it, whatever became of them
     * @param outcomes by store, of those that stand
     */
    record ForRequest(List<UUID> runs, Map<String, List<CorrectionOutcome>> outcomes) {
        List<Carried.Data> concerned() {
            return outcomes.values().stream()
                    .flatMap(List::stream)
                    .flatMap(outcome -> outcome.concerned().stream())
                    .toList();
        }

        boolean unclear() {
            return outcomes.values().stream().flatMap(List::stream).anyMatch(CorrectionOutcome::unclear);
        }
    }

    /** @throws CannotRun where it is not known yet what became of one */
    ForRequest of(UUID request, Workplace place) {
        List<Untold> untold = state.database()
                .withHandle(handle -> handle.createQuery("select run, store, made_at from kept.correction"
                                + " where request = :request and told_at is null order by made_at")
                        .bind("request", request)
                        .map((row, context) -> Untold.read(row))
                        .list());
        Map<String, List<CorrectionOutcome>> outcomes = new LinkedHashMap<>();
        for (Untold one : untold) {
            CorrectionOutcome outcome = outcome(one, place.bound(one.store()), place.store(one.store()))
                    .orElseThrow(() -> new CannotRun(
                            "it is not known yet what became of a correction in `" + one.store() + "`",
                            "see that the store answers; it is looked at again"));
            if (outcome.stands()) {
                outcomes.computeIfAbsent(one.store(), store -> new ArrayList<>())
                        .add(outcome);
            }
        }
        return new ForRequest(untold.stream().map(Untold::run).toList(), outcomes);
    }

    List<StateChange> told(ForRequest made) {
        return made.runs().stream()
                .map(run -> StateChange.of("update kept.correction set told_at = ? where run = ?", now(), run))
                .toList();
    }

    private static final String LEFT_BEHIND = "work is null and closed_at is not null and id in"
            + " (select request from kept.correction where request is not null and told_at is null)";

    /** Whether something was corrected for a request that ended otherwise (withdrawn, refused, joined), or ended meanwhile. */
    boolean leftBehind() {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select exists (select from kept.request where " + LEFT_BEHIND + ")")
                        .mapTo(Boolean.class)
                        .one());
    }

    /** Has recipients of what was corrected for such requests told, too. */
    void takeUp() {
        state.apply(List.of(StateChange.of(
                "update kept.request set work = ?, work_at = ?, tries = 0 where " + LEFT_BEHIND,
                Works.Next.TELL.word(),
                now())));
    }

    // --------------------------------------------------------------------------------------------- for a command

    /**
     * Tells recipients of corrections that were given as commands, and that they have not heard of.
     *
     * @return how many corrections were told; those of which it is not known yet what became of them wait
     * @throws RuntimeException the first of what went wrong, after all others were told
     */
    public int step(Home home) {
        int told = 0;
        List<RuntimeException> failures = new ArrayList<>();
        for (List<Untold> waiting = waiting(Untold.FIRST); !waiting.isEmpty(); waiting = waiting(waiting.getLast())) {
            for (Untold one : waiting) {
                try {
                    told += tell(home, one) ? 1 : 0;
                } catch (RuntimeException e) {
                    // what is wrong with one keeps none of the others waiting
                    failures.add(e);
                }
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        return told;
    }

    /** The oldest that may be told after one that was looked at. */
    private List<Untold> waiting(Untold after) {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select made.run, made.store, made.made_at from kept.correction made"
                                        + " left join kept.run on run.id = made.run where made.told_at is null and made.request is null"
                                        + " and (run.state is null or run.state in ('done', 'incomplete', 'abandoned') or made.made_at < :late)"
                                        + " and (made.made_at, made.run) > (:at, :run) order by made.made_at, made.run limit :most")
                        .bind("late", Requests.at(state.clock().instant().minus(LONGEST_UNKNOWN)))
                        .bind("at", Requests.at(after.madeAt()))
                        .bind("run", after.run())
                        .bind("most", MOST_AT_ONCE)
                        .map((row, context) -> Untold.read(row))
                        .list());
    }

    private boolean tell(Home home, Untold one) {
        Optional<BoundStore> bound = Optional.ofNullable(home.checked().stores().get(one.store()));
        Optional<CorrectionOutcome> outcome = outcome(one, bound, Optional.empty());
        return outcome.isPresent() && tell(home, one, bound, outcome.get());
    }

    /** Whether recipients of a run's correction are still to be told. */
    public boolean untold(UUID run) {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select exists (select from kept.correction where run = :run and told_at is null)")
                        .bind("run", run)
                        .mapTo(Boolean.class)
                        .one());
    }

    private boolean tell(Home home, Untold one, Optional<BoundStore> bound, CorrectionOutcome outcome) {
        return state.database().inTransaction(handle -> {
            Optional<Optional<Lookup.OnFile>> known = take(handle, one);
            known.ifPresent(onFile -> {
                if (outcome.stands()) {
                    new Channels(home)
                            .informing()
                            .tell(carried(home, one, bound, outcome, onFile), outcome.unclear())
                            .forEach(change -> change.within(handle));
                }
                handle.execute("update kept.correction set told_at = ?, sealed = null where run = ?", now(), one.run());
                handle.execute("delete from kept.correction_key where run = ?", one.run());
            });
            return known.isPresent();
        });
    }

    /** Empty where another process is at it, or was. */
    private static Optional<Optional<Lookup.OnFile>> take(Handle handle, Untold one) {
        return handle.createQuery(
                        "select sealed, (select key from kept.correction_key key where key.run = made.run) as key"
                                + " from kept.correction made where run = :run and told_at is null for update skip locked")
                .bind("run", one.run())
                .map((row, context) -> {
                    byte[] key = row.getBytes("key");
                    byte[] sealed = row.getBytes("sealed");
                    return key == null || sealed == null
                            ? Optional.<Lookup.OnFile>empty()
                            : SealKey.of(key).open(sealedAs(one.run()), sealed).flatMap(bytes -> onFile(one, bytes));
                })
                .findOne();
    }

    private static Optional<Lookup.OnFile> onFile(Untold one, byte[] bytes) {
        String[] parts = new String(bytes, StandardCharsets.UTF_8).split("\n", 2);
        return parts[0].isEmpty() ? Optional.empty() : Optional.of(new Lookup.OnFile(one.store(), parts[0], parts[1]));
    }

    private Carried carried(
            Home home,
            Untold one,
            Optional<BoundStore> bound,
            CorrectionOutcome outcome,
            Optional<Lookup.OnFile> known) {
        Map<String, String> person = new HashMap<>();
        known.ifPresent(file ->
                Sharing.categories(bound, file.finder()).forEach(category -> person.put(category, file.address())));
        Instant now = state.clock().instant();
        return new Carried(
                one.run(),
                one.run().toString().substring(0, NUMBER_CHARACTERS),
                Kind.RECTIFICATION,
                Deadline.day(now, Terms.of(home.checked().notice().orElseThrow())),
                outcome.concerned(),
                person);
    }

    // ------------------------------------------------------------------------------------------------- what it did

    /** Empty while its run may still be settled; where that has taken too long, or there is no run any more, nobody can find out. */
    private Optional<CorrectionOutcome> outcome(Untold one, Optional<BoundStore> bound, Optional<LiveStore> store) {
        Optional<Run> run = state.runs().find(one.run());
        boolean late = one.madeAt().isBefore(state.clock().instant().minus(LONGEST_UNKNOWN));
        if (run.isPresent() && !ended(run.get())) {
            try {
                store.ifPresent(this::settle);
            } catch (CannotRun e) {
                if (!late) {
                    throw e;
                }
            }
            run = state.runs().find(one.run());
        }
        if (run.isPresent() && ended(run.get())) {
            Run settled = run.get();
            return Optional.of(CorrectionOutcome.of(bound, settled, state.runs().steps(settled)));
        }
        return run.isEmpty() || late ? Optional.of(CorrectionOutcome.UNKNOWN) : Optional.empty();
    }

    /** Ends what broke off in a store: it is asked what became of it. */
    private void settle(LiveStore live) {
        RunService runs = new RunService(state, state.clock(), FaultPoints.NONE);
        try (StoreSession session = runs.open(live, SessionOptions.forPersons("kept requests"))) {
            runs.finishBroken(live, session, RunOptions.defaults(), RunWatch.NONE);
        } catch (StoreException e) {
            throw new CannotRun("`" + live.name() + "` does not answer", "see that it runs", e);
        }
    }

    private static boolean ended(Run run) {
        return switch (run.state()) {
            case DONE, INCOMPLETE, ABANDONED -> true;
            case WAITING, RUNNING, FAILED -> false;
        };
    }
}
