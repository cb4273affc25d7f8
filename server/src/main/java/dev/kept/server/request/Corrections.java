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
import dev.kept.server.run.Recipients;
import dev.kept.server.run.RunService;
import dev.kept.server.state.Run;
import dev.kept.server.state.RunState;
import dev.kept.server.state.SealKey;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.server.state.Step;
import dev.kept.server.state.Step.StepState;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreSession;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Corrections whose recipients have to hear of them (GDPR Art. 19). One is noted with its run, before anything changes; told is what the run's end says
 * was changed, once, whoever comes first: the command itself, the next one, or the server.
 */
public final class Corrections {

    /** Corrections of commands that are told in one go. */
    private static final int MOST_AT_ONCE = 100;

    private static final int NUMBER_CHARACTERS = 8;

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

    /** What was corrected for a request; nothing where it was done elsewhere. */
    List<Carried.Data> of(UUID request, Workplace place) {
        record Made(UUID run, String store) {}
        List<Made> made = state.database()
                .withHandle(handle -> handle.createQuery(
                                "select run, store from kept.correction where request = :request and told_at is null order by made_at")
                        .bind("request", request)
                        .map((row, context) -> new Made(row.getObject("run", UUID.class), row.getString("store")))
                        .list());
        List<Carried.Data> corrected = new ArrayList<>();
        for (Made one : made) {
            Run run = settled(one.run(), place.store(one.store()))
                    .orElseThrow(() -> new CannotRun(
                            "it is not known yet what became of a correction in `" + one.store() + "`",
                            "see that the store answers; it is looked at again"));
            place.bound(one.store()).ifPresent(bound -> corrected.addAll(data(bound, run)));
        }
        return corrected;
    }

    StateChange told(UUID request) {
        return StateChange.of(
                "update kept.correction set told_at = ? where request = ? and told_at is null", now(), request);
    }

    // --------------------------------------------------------------------------------------------- for a command

    /**
     * Tells recipients of corrections that were given as commands, and that they have not heard of.
     *
     * @return how many corrections were told; those of which it is not known yet what became of them wait
     */
    public int step(Home home) {
        List<UUID> waiting = state.database()
                .withHandle(handle -> handle.createQuery(
                                "select run from kept.correction where told_at is null and request is null order by made_at limit :most")
                        .bind("most", MOST_AT_ONCE)
                        .mapTo(UUID.class)
                        .list());
        int told = 0;
        for (UUID run : waiting) {
            Optional<Run> settled = settled(run, Optional.empty());
            if (settled.isPresent() && tell(home, settled.get())) {
                told++;
            }
        }
        return told;
    }

    private boolean tell(Home home, Run run) {
        return state.database().inTransaction(handle -> {
            Optional<Optional<Lookup.OnFile>> known = take(handle, run);
            known.ifPresent(onFile -> {
                carried(home, run, onFile)
                        .ifPresent(carried ->
                                new Channels(home).informing().tell(carried).forEach(change -> change.within(handle)));
                handle.execute("update kept.correction set told_at = ?, sealed = null where run = ?", now(), run.id());
                handle.execute("delete from kept.correction_key where run = ?", run.id());
            });
            return known.isPresent();
        });
    }

    /** Empty where another process is at it, or was. */
    private static Optional<Optional<Lookup.OnFile>> take(Handle handle, Run run) {
        return handle.createQuery(
                        "select sealed, (select key from kept.correction_key key where key.run = made.run) as key"
                                + " from kept.correction made where run = :run and told_at is null for update skip locked")
                .bind("run", run.id())
                .map((row, context) -> {
                    byte[] key = row.getBytes("key");
                    byte[] sealed = row.getBytes("sealed");
                    return key == null || sealed == null
                            ? Optional.<Lookup.OnFile>empty()
                            : SealKey.of(key).open(sealedAs(run.id()), sealed).flatMap(bytes -> onFile(run, bytes));
                })
                .findOne();
    }

    private static Optional<Lookup.OnFile> onFile(Run run, byte[] bytes) {
        String[] parts = new String(bytes, StandardCharsets.UTF_8).split("\n", 2);
        return parts[0].isEmpty() ? Optional.empty() : Optional.of(new Lookup.OnFile(run.store(), parts[0], parts[1]));
    }

    /** Empty where nothing was changed, or its store is none of the notice's any more. */
    private Optional<Carried> carried(Home home, Run run, Optional<Lookup.OnFile> known) {
        Optional<BoundStore> bound = Optional.ofNullable(home.checked().stores().get(run.store()));
        List<Carried.Data> data = bound.map(store -> data(store, run)).orElse(List.of());
        if (data.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> person = new HashMap<>();
        known.ifPresent(file ->
                Sharing.categories(bound, file.finder()).forEach(category -> person.put(category, file.address())));
        Instant now = state.clock().instant();
        return Optional.of(new Carried(
                run.id(),
                run.id().toString().substring(0, NUMBER_CHARACTERS),
                Kind.RECTIFICATION,
                Deadline.day(now, Terms.of(home.checked().notice().orElseThrow())),
                data,
                person));
    }

    // ------------------------------------------------------------------------------------------------- what it did

    /** The run once it has ended; one that broke off is settled first, where its store is at hand. */
    private Optional<Run> settled(UUID id, Optional<LiveStore> store) {
        Optional<Run> run = state.runs().find(id);
        if (run.isEmpty() || ended(run.get())) {
            return run;
        }
        store.ifPresent(live -> {
            RunService runs = new RunService(state, state.clock(), FaultPoints.NONE);
            try (StoreSession session = runs.open(live, SessionOptions.forPersons("kept requests"))) {
                runs.finishBroken(live, session, RunOptions.defaults(), RunWatch.NONE);
            } catch (StoreException e) {
                throw new CannotRun("`" + live.name() + "` does not answer", "see that it runs", e);
            }
        });
        return state.runs().find(id).filter(Corrections::ended);
    }

    private static boolean ended(Run run) {
        return switch (run.state()) {
            case DONE, INCOMPLETE, ABANDONED -> true;
            case WAITING, RUNNING, FAILED -> false;
        };
    }

    /** The columns that it changed, or may have changed: where the store cannot say any more, its recipients hear of it. */
    private List<Carried.Data> data(BoundStore store, Run run) {
        Set<String> columns = new TreeSet<>();
        if (run.state() != RunState.ABANDONED) {
            for (Step step : state.runs().steps(run)) {
                if (step.state() == StepState.APPLIED || step.state() == StepState.COUNT_UNKNOWN) {
                    columns.addAll(step.counts().keySet());
                }
            }
        }
        return Recipients.columns(store, columns).stream()
                .map(column -> new Carried.Data(Set.copyOf(column.map().categories()), column.uses()))
                .filter(data -> !data.categories().isEmpty())
                .toList();
    }
}
