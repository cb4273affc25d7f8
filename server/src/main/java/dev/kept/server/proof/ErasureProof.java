package dev.kept.server.proof;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Facts.PersonFact;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.proof.Check;
import dev.kept.core.proof.Finding;
import dev.kept.core.proof.Seen;
import dev.kept.core.proof.Spot;
import dev.kept.core.proof.Unclear;
import dev.kept.core.proof.Unclear.Reason;
import dev.kept.core.proof.Verdict;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Planning;
import dev.kept.server.state.PersonFacts.Request;
import dev.kept.server.state.RunHistory.Erasures;
import dev.kept.server.state.State;
import dev.kept.server.suppression.LookThrough;
import dev.kept.server.suppression.LookThrough.Found;
import dev.kept.stores.postgres.look.Look;
import dev.kept.stores.postgres.look.LookResult.TableLook;
import dev.kept.stores.postgres.session.Snapshot;
import dev.kept.stores.postgres.session.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether what could go of the persons who asked for erasure has gone (Art. 17), as far as their requests stand in Kept. */
final class ErasureProof {

    private static final String PATH = "rights.erase";

    /** Requests looked at, those first that none has looked at for longest. */
    private static final int MOST_REQUESTS = 1_000;

    private final LiveStore store;
    private final State state;
    private final Duration limit;
    private final List<Check> checks;

    ErasureProof(LiveStore store, State state, Duration limit, List<Check> checks) {
        this.store = store;
        this.state = state;
        this.limit = limit;
        this.checks = checks;
    }

    /** Adds what it finds to the checks; nothing where nobody has asked yet. */
    void look(Instant asOf) {
        if (!store.bound().notice().rights().granted().contains("erase")) {
            return;
        }
        returned();
        Erasures erasures = state.history().erasures(store.name());
        List<PersonFact> standing = state.personFacts().standing(store.name(), MOST_REQUESTS).stream()
                .map(Request::fact)
                .toList();
        if (erasures.open() > 0) {
            add(Verdict.notShown(new Unclear(
                    Reason.ERASURE_RUNNING,
                    Optional.of(Spot.of(store.name())),
                    0,
                    erasures.open() + " of the erasures in `" + store.name() + "` "
                            + (erasures.open() == 1 ? "is" : "are") + " under way or broke off",
                    "the next `kept sweep` or `kept erase` finishes what broke off")));
        }
        if (!standing.isEmpty()) {
            add(left(standing, erasures.done(), asOf));
        } else if (erasures.done() > 0) {
            add(Verdict.kept(new Seen(
                    store.name(),
                    erasures.done(),
                    "erasures that were carried out, each of which ended with a look that found nothing left")));
        }
    }

    /** Whether somebody who was erased is back, as with a restored backup. */
    private void returned() {
        if (state.restores().isolated(store.name()).isPresent()) {
            add(Verdict.notShown(new Unclear(
                    Reason.RESTORED,
                    Optional.of(Spot.of(store.name())),
                    0,
                    "`" + store.name() + "` was restored from a backup, and persons who were erased may be back in it",
                    "kept restored " + store.name())));
            return;
        }
        long erasures = state.suppressions().erasures(store.name());
        if (erasures == 0) {
            return;
        }
        Found found;
        try {
            found = new LookThrough(state, store, limit).counted();
        } catch (CannotRun e) {
            add(Verdict.notShown(Failures.of(store.name(), Reason.MAP_UNFIT, e)));
            return;
        }
        long doubtful = state.doubts().count(store.name());
        if (found.back() > 0) {
            add(Verdict.broken(List.of(new Finding(
                    Finding.Kind.LEFT_OF_ERASED,
                    Spot.of(store.name()),
                    found.back(),
                    String.format(
                            Locale.ROOT,
                            "%,d %s erased and whose data is from before that %s back in `%s`",
                            found.back(),
                            found.back() == 1 ? "person who was" : "persons who were",
                            found.back() == 1 ? "is" : "are",
                            store.name()),
                    "kept restored " + store.name()))));
        } else if (found.doubtful() + doubtful > 0) {
            add(Verdict.notShown(new Unclear(
                    Reason.AWAITS_DECISION,
                    Optional.of(Spot.of(store.name())),
                    Math.max(found.doubtful(), doubtful),
                    "of some persons in `" + store.name()
                            + "` somebody has to decide whether they are those who were erased",
                    "kept doubts")));
        } else {
            add(Verdict.kept(new Seen(
                    store.name(),
                    found.looked(),
                    String.format(
                            Locale.ROOT,
                            "persons, among whom nobody is back of those whom %,d %s took out",
                            erasures,
                            erasures == 1 ? "erasure" : "erasures"))));
        }
    }

    private void add(Verdict verdict) {
        checks.add(new Check(PATH, verdict));
    }

    private Verdict left(List<PersonFact> standing, long done, Instant asOf) {
        Plan plan;
        try {
            plan = new Planning(state).standing(store, asOf, standing);
        } catch (CannotRun e) {
            return Verdict.notShown(Failures.of(store.name(), Reason.MAP_UNFIT, e));
        }
        Look look = new Look(store.catalogue());
        List<Finding> findings = new ArrayList<>();
        List<Unclear> unclear = new ArrayList<>();
        try (Snapshot snapshot = Snapshot.take(store.connector(), "kept prove", limit, System::nanoTime)) {
            for (TablePlan table : plan.tables().toList()) {
                try {
                    judge(table.table(), Look.read(snapshot.ask(look.statement(table))), findings, unclear);
                } catch (StoreException e) {
                    if (e.kind() == StoreException.Kind.LOST) {
                        throw e;
                    }
                    unclear.add(Failures.of(store.name(), table.table(), e));
                }
            }
        }
        if (!findings.isEmpty()) {
            return new Verdict.Broken(findings, unclear);
        }
        return unclear.isEmpty()
                ? Verdict.kept(new Seen(
                        store.name(),
                        standing.size() + done,
                        String.format(
                                Locale.ROOT,
                                "of %,d %s nothing is left that may go; %,d more were carried out whole",
                                standing.size(),
                                standing.size() == 1 ? "request that stands" : "requests that stand",
                                done)))
                : new Verdict.NotShown(unclear);
    }

    private void judge(TableName table, TableLook look, List<Finding> findings, List<Unclear> unclear) {
        if (look.left() > 0) {
            findings.add(new Finding(
                    Finding.Kind.LEFT_OF_ERASED,
                    Spot.of(store.name(), table),
                    look.left(),
                    String.format(
                            Locale.ROOT,
                            "in %,d %s of `%s` is something left of persons who asked for erasure, which may go by now",
                            look.left(),
                            look.left() == 1 ? "row" : "rows",
                            table),
                    "kept sweep --store " + store.name()));
        }
        if (look.unknown() > 0) {
            unclear.add(new Unclear(
                    Reason.UNKNOWN_ENDS,
                    Optional.of(Spot.of(store.name(), table)),
                    look.unknown(),
                    String.format(
                            Locale.ROOT,
                            "of %,d %s of `%s` of persons who asked for erasure it is not known whether all in them has ended",
                            look.unknown(),
                            look.unknown() == 1 ? "row" : "rows",
                            table),
                    "what the event's column leaves open filled in, or said in the map"));
        }
    }
}
