package dev.kept.server.state;

import dev.kept.server.state.Step.StepState;
import dev.kept.stores.postgres.session.StoreSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/**
 * Runs and their steps. A process works on a run under a fenced lease: every write carries the lease's token and fails with
 * {@link LeaseLost} once another process has taken the run over.
 */
public final class Runs {

    /** How long a lease lasts without a sign of life. */
    public static final Duration LEASE_LASTS = Duration.ofMinutes(2);

    /** How long an approval is good for. */
    public static final Duration APPROVAL = Duration.ofHours(24);

    private static final String COLUMNS =
            "id, kind, store, plan_hash, as_of, whole_store, state, actor_role, actor_commitment, store_identity, lease_token,"
                    + " backend_name, backend_pid, backend_start";

    private static final String NOTED =
            ", noted as (insert into kept.run_step (run, step, batch, table_name, transaction_id, state, counts, noted_at)"
                    + " select id, ?::integer, ?::bigint, ?, ?, ?, ?, ?::timestamptz from held"
                    + " on conflict (run, step, batch) do update set transaction_id = excluded.transaction_id,"
                    + " state = excluded.state, counts = excluded.counts, noted_at = excluded.noted_at)";

    /** See {@link LeasedWrite#SOON}. */
    private static final StateChange SOON = StateChange.of("select " + LeasedWrite.SOON);

    private static final RowMapper<Run> RUN = (row, context) -> read(row);

    private final Jdbi jdbi;
    private final DataSource source;
    private final InstantSource clock;

    /** @param source the same database, for writes */
    Runs(Jdbi jdbi, DataSource source, InstantSource clock) {
        this.jdbi = jdbi;
        this.source = source;
        this.clock = clock;
    }

    /**
     * Commits runs before their first steps: what, T, for whom (each sealed under a key of its own), who works on it, and what is to be
     * recorded with them; all of it or nothing. Runs that begin at once are durable when their first step is noted: before that note nothing
     * changes in a store. One that waits for somebody is durable when this returns.
     */
    public List<Run> begin(List<NewRun> runs, List<StateChange> with) {
        List<StateChange> changes = new ArrayList<>();
        if (runs.stream().allMatch(run -> run.state() == RunState.RUNNING)) {
            changes.add(SOON);
        }
        changes.addAll(with);
        runs.forEach(run -> changes.add(beginning(run)));
        StateChange.together(source, changes);
        return runs.stream().map(NewRun::begun).toList();
    }

    /**
     * What records a run together with its first write: nothing changes in a store before that write.
     *
     * @param with what is recorded with it
     * @param run its row
     */
    record First(List<StateChange> with, StateChange run) {

        /** All of it, before another write. */
        static List<StateChange> all(Optional<First> first) {
            return first.map(one -> Stream.concat(one.with().stream(), Stream.of(one.run()))
                            .toList())
                    .orElse(List.of());
        }
    }

    First first(NewRun run, List<StateChange> with) {
        if (run.state() != RunState.RUNNING) {
            throw new IllegalArgumentException("a run that waits is recorded before it does");
        }
        return new First(with, beginning(run));
    }

    private StateChange beginning(NewRun run) {
        boolean everybody = run.identifiers().isEmpty();
        Instant now = clock.instant();
        Optional<Session> session = run.worker().map(NewRun.Worker::session);
        return StateChange.of(
                "insert into kept.run (id, kind, store, plan_hash, as_of, whole_store, state, actor_role,"
                        + " actor_commitment, started_at, identifiers, run_key, store_identity, backend_name, backend_pid,"
                        + " backend_start, lease_token, lease_until)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                run.id(),
                run.kind(),
                run.store(),
                run.planHash(),
                at(run.asOf()),
                everybody,
                run.state().word(),
                run.actorRole(),
                run.actorCommitment().orElse(null),
                at(now),
                everybody ? null : Sealed.seal(run.key(), run.identifiers()),
                run.key().bytes(),
                run.worker().map(NewRun.Worker::identity).orElse(null),
                session.map(Session::applicationName).orElse(null),
                session.map(Session::processId).orElse(null),
                session.map(Session::startedAt).orElse(null),
                NewRun.FIRST_TOKEN,
                at(now.plus(LEASE_LASTS)));
    }

    public Optional<Run> find(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery("select " + COLUMNS + " from kept.run where id = :id")
                .bind("id", id)
                .map(RUN)
                .findOne());
    }

    /** Runs of a store that have begun and not ended, oldest first. */
    public List<Run> unfinished(String store) {
        return jdbi.withHandle(handle -> handle.createQuery("select " + COLUMNS
                        + " from kept.run where store = :store and ended_at is null order by started_at")
                .bind("store", store)
                .map(RUN)
                .list());
    }

    /** The most recent runs, newest first. */
    public List<Run> recent(int most) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select " + COLUMNS + " from kept.run order by started_at desc limit :most")
                .bind("most", most)
                .map(RUN)
                .list());
    }

    /**
     * Takes a run over under a new token; the process that held it before can write no more. Whoever does so must first hold the store's
     * advisory lock, so that no other process is still at work there.
     */
    public Run take(Run run) {
        return jdbi.withHandle(handle -> handle.createQuery("update kept.run set lease_token = lease_token + 1,"
                        + " lease_until = :until, state = :running where id = :id and ended_at is null returning "
                        + COLUMNS)
                .bind("id", run.id())
                .bind("running", RunState.RUNNING.word())
                .bind("until", at(clock.instant().plus(LEASE_LASTS)))
                .map(RUN)
                .findOne()
                .orElseThrow(() -> new LeaseLost(run.id())));
    }

    /**
     * Remembers who works on the run and which server the store is (system identifier and timeline), to end only our own session after a crash
     * and to notice a failover or a restore.
     */
    void session(Run run, Optional<First> first, NewRun.Worker worker) {
        StateChange write = LeasedWrite.of(
                run,
                "lease_until = ?, store_identity = ?, backend_name = ?, backend_pid = ?, backend_start = ?",
                List.of(
                        at(clock.instant().plus(LEASE_LASTS)),
                        worker.identity(),
                        worker.session().applicationName(),
                        worker.session().processId(),
                        worker.session().startedAt()),
                "");
        LeasedWrite.together(source, run, First.all(first), write, List.of());
    }

    /** A session of the store's server that worked on a run. */
    public record Session(String applicationName, int processId, String startedAt) {}

    /** Sessions of unfinished runs of a store whose lease has run out: the processes behind them have given no sign of life for long. */
    public List<Session> abandonedSessions(String store) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select backend_name, backend_pid, backend_start from kept.run where store = :store"
                                + " and ended_at is null and backend_pid is not null and lease_until < :now")
                .bind("store", store)
                .bind("now", at(clock.instant()))
                .map((row, context) -> new Session(
                        row.getString("backend_name"), row.getInt("backend_pid"), row.getString("backend_start")))
                .list());
    }

    /** Which system the store was when a run last worked on it; empty before the first. */
    public Optional<String> lastIdentity(String store, UUID butOf) {
        return jdbi.withHandle(handle -> handle.createQuery("select store_identity from kept.run where store = :store"
                        + " and store_identity is not null and id <> :run order by started_at desc limit 1")
                .bind("store", store)
                .bind("run", butOf)
                .mapTo(String.class)
                .findOne());
    }

    /** Which system the store was when it was last swept to the end as a whole, with a look at everything. */
    public Optional<String> lastSweptIdentity(String store) {
        return jdbi.withHandle(handle -> handle.createQuery("select store_identity from kept.run where store = :store"
                        + " and whole_store and store_identity is not null and state in ('done', 'incomplete')"
                        + " order by ended_at desc limit 1")
                .bind("store", store)
                .mapTo(String.class)
                .findOne());
    }

    /** The persons' keys by kind, as frozen when the run began. */
    public Map<String, List<List<String>>> identifiers(Run run) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select run_key, identifiers from kept.run where id = :id and identifiers is not null"
                                + " and run_key is not null")
                .bind("id", run.id())
                .map((row, context) -> Sealed.open(RunKey.of(row.getBytes("run_key")), row.getBytes("identifiers")))
                .findOne()
                .orElse(Map.of()));
    }

    /** The run's key, until the run ends. */
    public Optional<RunKey> key(Run run) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select run_key from kept.run where id = :id and run_key is not null")
                        .bind("id", run.id())
                        .map((row, context) -> RunKey.of(row.getBytes("run_key")))
                        .findOne());
    }

    /** Notes a store transaction before its COMMIT, and with it what was not noted yet. */
    public void pending(Run run, List<StateChange> with, Step step) {
        pending(run, Optional.empty(), with, step);
    }

    void pending(Run run, Optional<First> first, List<StateChange> with, Step step) {
        note(run, first, with, step, "");
    }

    /**
     * The same, to be durable with whatever is written to the same log after it and made durable.
     *
     * @param log the write-ahead log that this note must lie in, see {@link StoreSession#LOG}
     * @return false where this database writes another log, and nothing was noted
     * @throws LeaseLost only if that is certain
     */
    boolean pendingInOrder(Run run, Optional<First> first, List<StateChange> with, Step step, String log) {
        try {
            note(run, first, with, step, log);
            return true;
        } catch (LeaseLost e) {
            return false;
        }
    }

    /** One statement for the note, and the run's own row with it where it is the first. */
    private void note(Run run, Optional<First> first, List<StateChange> with, Step step, String log) {
        OffsetDateTime now = at(clock.instant());
        List<@Nullable Object> noted = new ArrayList<>();
        noted.add(step.step());
        noted.add(step.batch());
        noted.add(step.table());
        noted.add(step.transactionId().orElse(null));
        noted.add(StepState.PENDING.word());
        noted.add(CanonicalJson.write(step.counts()));
        noted.add(now);
        StateChange note = first.map(of -> LeasedWrite.first(of.run(), log, NOTED, noted))
                .orElseGet(() ->
                        LeasedWrite.noting(run, "lease_until = ?", List.of(now.plus(LEASE_LASTS)), log, NOTED, noted));
        // What became of earlier steps comes first: it asks for the log as it is before this note changes how it is
        // written.
        List<StateChange> before = new ArrayList<>(first.map(First::with).orElse(List.of()));
        before.addAll(with);
        LeasedWrite.together(source, run, before, note, List.of());
    }

    /** Whether this database's transactions lie in that write-ahead log, see {@link StoreSession#LOG}. */
    public boolean writes(String log) {
        return jdbi.withHandle(handle -> handle.createQuery("select " + StoreSession.LOG)
                .mapTo(String.class)
                .one()
                .equals(log));
    }

    /** What became of a store transaction, to be noted with the next write. */
    public StateChange settled(Run run, int step, long batch, StepState state) {
        return settled(run, step, batch, state, "");
    }

    /**
     * The same.
     *
     * @param log the write-ahead log in which that transaction may not be durable yet; where this database writes another, what became of it is
     *     not noted, and found out later. Empty where it is durable
     */
    public StateChange settled(Run run, int step, long batch, StepState state, String log) {
        List<Object> values = new ArrayList<>(List.of(state.word(), at(clock.instant()), run.id(), step, batch));
        String sql = "update kept.run_step set state = ?, noted_at = ? where run = ? and step = ? and batch = ?";
        if (!log.isEmpty()) {
            sql += " and " + StoreSession.LOG + " = ?";
            values.add(log);
        }
        return new StateChange(sql, new ArrayList<>(values));
    }

    /** Writes changes of a run alone. */
    public void apply(Run run, List<StateChange> changes) {
        apply(run, Optional.empty(), changes);
    }

    void apply(Run run, Optional<First> first, List<StateChange> changes) {
        StateChange signOfLife = LeasedWrite.of(
                run, "lease_until = ?", List.of(at(clock.instant().plus(LEASE_LASTS))), "");
        LeasedWrite.together(source, run, First.all(first), signOfLife, changes);
    }

    public List<Step> steps(Run run) {
        return jdbi.withHandle(handle -> handle.createQuery("select step, batch, table_name, transaction_id, state,"
                        + " counts from kept.run_step where run = :run order by step, batch")
                .bind("run", run.id())
                .map((row, context) -> new Step(
                        row.getInt("step"),
                        row.getLong("batch"),
                        row.getString("table_name"),
                        Optional.ofNullable(row.getString("transaction_id")),
                        StepState.of(row.getString("state")),
                        CanonicalJson.readCounts(row.getString("counts"))))
                .list());
    }

    /**
     * Ends a run: its outcome, its evidence, the facts that go on — and its key is destroyed — in one transaction.
     *
     * @param with what else belongs to the same truth: journal entries, facts, holds
     */
    public void end(Run run, RunState state, String outcome, List<StateChange> with) {
        end(run, Optional.empty(), state, outcome, with);
    }

    void end(Run run, Optional<First> first, RunState state, String outcome, List<StateChange> with) {
        LeasedWrite.together(source, run, First.all(first), ending(run, state, outcome, ""), with);
    }

    /**
     * The same, so that all that lies before it in a write-ahead log is durable with it.
     *
     * @return false where this database writes another log, and nothing was done
     */
    boolean endInOrder(
            Run run, Optional<First> first, RunState state, String outcome, List<StateChange> with, String log) {
        try {
            LeasedWrite.together(source, run, First.all(first), ending(run, state, outcome, log), with);
            return true;
        } catch (LeaseLost e) {
            return false;
        }
    }

    private StateChange ending(Run run, RunState state, String outcome, String log) {
        return LeasedWrite.of(
                run,
                "state = ?, outcome = ?, ended_at = ?, identifiers = null, run_key = null, lease_until = null",
                List.of(state.word(), outcome, at(clock.instant())),
                log);
    }

    /** Stops a run that may be resumed: it keeps its identifiers; the session that worked on it may work on others. */
    public void stop(Run run, RunState state) {
        stop(run, Optional.empty(), state);
    }

    void stop(Run run, Optional<First> first, RunState state) {
        StateChange stop = LeasedWrite.of(
                run,
                "state = ?, lease_until = null, backend_name = null, backend_pid = null, backend_start = null",
                List.of(state.word()),
                "");
        LeasedWrite.together(source, run, First.all(first), stop, List.of());
    }

    /** Renews the lease; shows at once where it was lost. */
    public void alive(Run run) {
        apply(run, List.of());
    }

    /** Another operator's yes to a waiting run, bound to its plan and T. */
    public StateChange approval(Run run, String actorCommitment) {
        Instant now = clock.instant();
        return StateChange.of(
                "insert into kept.approval (run, plan_hash, as_of, actor_commitment, approved_at, expires_at)"
                        + " values (?, ?, ?, ?, ?, ?)"
                        + " on conflict (run) do update set plan_hash = excluded.plan_hash, as_of = excluded.as_of,"
                        + " actor_commitment = excluded.actor_commitment, approved_at = excluded.approved_at,"
                        + " expires_at = excluded.expires_at",
                run.id(),
                run.planHash(),
                at(run.asOf()),
                actorCommitment,
                at(now),
                at(now.plus(APPROVAL)));
    }

    /** Whether a yes for exactly this plan and T stands and has not expired. */
    public boolean approved(Run run) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from kept.approval where run = :run"
                                + " and plan_hash = :hash and as_of = :asOf and expires_at > :now")
                        .bind("run", run.id())
                        .bind("hash", run.planHash())
                        .bind("asOf", at(run.asOf()))
                        .bind("now", at(clock.instant()))
                        .mapTo(Long.class)
                        .one()
                > 0);
    }

    private static Run read(ResultSet row) throws SQLException {
        String worker = row.getString("backend_name");
        return new Run(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                row.getString("store"),
                row.getString("plan_hash"),
                row.getObject("as_of", OffsetDateTime.class).toInstant(),
                row.getBoolean("whole_store"),
                RunState.of(row.getString("state")),
                row.getString("actor_role"),
                Optional.ofNullable(row.getString("actor_commitment")),
                Optional.ofNullable(row.getString("store_identity")),
                worker == null
                        ? Optional.empty()
                        : Optional.of(new Session(worker, row.getInt("backend_pid"), row.getString("backend_start"))),
                row.getLong("lease_token"));
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
