package dev.kept.server.proof;

import dev.kept.core.check.MapFile;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.notice.Notice;
import dev.kept.core.proof.Check;
import dev.kept.core.proof.Report;
import dev.kept.core.proof.Spot;
import dev.kept.core.proof.StoreLook;
import dev.kept.core.proof.Unclear;
import dev.kept.core.proof.Unclear.Reason;
import dev.kept.core.proof.Verdicts;
import dev.kept.core.proof.rights.RightsChecks;
import dev.kept.core.rights.request.Terms;
import dev.kept.server.configuration.Home;
import dev.kept.server.contact.Contacts;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.request.Figures;
import dev.kept.server.run.Detached;
import dev.kept.server.run.Planning;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Computes the verdicts on a notice from its live stores, and writes them to the journal. */
public final class Proving {

    /** How long each snapshot of a store may stand. */
    public static final Duration SNAPSHOT_LIMIT = Duration.ofMinutes(10);

    private final Home home;
    private final Duration limit;
    private final LookWatch watch;

    public Proving(Home home, Duration limit, LookWatch watch) {
        this.home = home;
        this.limit = limit;
        this.watch = watch;
    }

    /**
     * Looks at the stores and judges.
     *
     * @param only this store; the promises of the others are not shown then
     * @throws CannotRun where there is no such store, or Kept's own database does not answer
     */
    public Report prove(Optional<String> only) {
        Notice notice = home.checked()
                .notice()
                .orElseThrow(() -> new CannotRun("the folder has no notice", "write `notice.yaml` there"));
        only.ifPresent(name -> home.store(only));
        Instant asOf = home.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        List<Check> checks = new ArrayList<>();
        List<StoreLook> looks = new ArrayList<>();
        for (MapFile map : home.checked().maps().values()) {
            StoreProof.Looked looked = look(notice, map, only, asOf);
            checks.addAll(looked.checks());
            looks.add(looked.look());
        }
        checks.addAll(RightsChecks.of(notice, Figures.of(home.state(), Terms.of(notice), asOf)));
        checks.addAll(new Contacts(home).verdicts(asOf));
        if (only.isEmpty()) {
            checks.addAll(new OwnProof(home, limit).look(notice, asOf));
        }
        Report report = new Report(
                UUID.randomUUID(),
                notice.name(),
                Planning.hash(notice),
                asOf,
                looks,
                new Verdicts(notice, checks),
                home.prose());
        home.state().journal().append(report.id(), "prove", ProofEntry.of(report));
        return report;
    }

    private StoreProof.Looked look(Notice notice, MapFile map, Optional<String> only, Instant asOf) {
        String name = map.store().name();
        Notice rules = Optional.ofNullable(home.checked().stores().get(name))
                .map(BoundStore::notice)
                .orElse(notice);
        StoreProof proof = new StoreProof(notice, rules, map, home.state(), home.clock(), limit, watch);
        if (only.filter(wanted -> !wanted.equals(name)).isPresent()) {
            return proof.failed(new Unclear(
                    Reason.NOT_ASKED,
                    Optional.of(Spot.of(name)),
                    0,
                    "`" + name + "` was left out: only `" + only.orElse("") + "` was asked for",
                    "`kept prove` without `--store`"));
        }
        DataSource source;
        try {
            Detached.refuse(home.state(), name);
            source = home.source(home.store(Optional.of(name)));
        } catch (CannotRun e) {
            return proof.failed(Failures.of(name, Reason.STORE_SILENT, e));
        }
        return proof.look(source, asOf);
    }
}
