package dev.kept.server.proof;

import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.TablePlan;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Promises;
import dev.kept.core.notice.Use;
import dev.kept.core.proof.Check;
import dev.kept.core.proof.Finding;
import dev.kept.core.proof.Seen;
import dev.kept.core.proof.Spot;
import dev.kept.core.proof.Unclear;
import dev.kept.core.proof.Unclear.Reason;
import dev.kept.core.proof.Verdict;
import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.own.OwnStore;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Planning;
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

/** Whether Kept itself has forgotten what it need not know of requests any more: what has been due for more than a day. */
final class OwnProof {

    /** It is swept once a day. */
    private static final Duration SWEPT_EVERY = Duration.ofDays(1);

    private final Home home;
    private final Duration limit;

    OwnProof(Home home, Duration limit) {
        this.home = home;
        this.limit = limit;
    }

    /** Nothing where no request is held, or the notice says nothing that it could break. */
    List<Check> look(Notice notice, Instant asOf) {
        return path(notice)
                .flatMap(path -> verdict(asOf).map(verdict -> List.of(new Check(path, verdict))))
                .orElse(List.of());
    }

    /** The notice's own rule for requests, or else what it says becomes of data that nobody needs. */
    private static Optional<String> path(Notice notice) {
        Use own = notice.uses().get("requests");
        String path = own != null && !own.ends().isEmpty() ? own.path() + ".ends" : "keeps.then.rows";
        return Optional.of(path).filter(Promises.anchors(notice)::contains);
    }

    private Optional<Verdict> verdict(Instant asOf) {
        List<Finding> due = new ArrayList<>();
        long rows = 0;
        try {
            LiveStore own = OwnStore.live(home);
            Plan plan = new Planning(home.state()).sweep(own, asOf.minus(SWEPT_EVERY));
            Look look = new Look(own.catalogue());
            try (Snapshot snapshot = Snapshot.take(own.connector(), "kept prove", limit, System::nanoTime)) {
                for (TablePlan table : plan.tables().toList()) {
                    TableLook found = Look.read(snapshot.ask(look.statement(table)));
                    rows += found.rows();
                    if (found.left() > 0) {
                        due.add(due(table, found));
                    }
                }
            }
        } catch (CannotRun e) {
            return Optional.of(Verdict.notShown(Failures.of(OwnStore.NAME, Reason.MAP_UNFIT, e)));
        } catch (StoreException e) {
            Unclear why = Failures.of(OwnStore.NAME, e);
            return Optional.of(Verdict.notShown(why));
        }
        if (!due.isEmpty()) {
            return Optional.of(Verdict.broken(due));
        }
        return rows == 0
                ? Optional.empty()
                : Optional.of(Verdict.kept(new Seen(
                        OwnStore.NAME,
                        rows,
                        "rows of what Kept itself holds about requests, of which none is overdue")));
    }

    private static Finding due(TablePlan table, TableLook found) {
        return new Finding(
                Finding.Kind.ROWS_OVERDUE,
                Spot.of(OwnStore.NAME, table.table()),
                found.left(),
                String.format(
                        Locale.ROOT,
                        "in %,d %s of `%s` of Kept's own database is something about requests that was due to go more than a day ago",
                        found.left(),
                        found.left() == 1 ? "row" : "rows",
                        table.table()),
                "kept sweep --store " + OwnStore.NAME);
    }
}
