package dev.kept.server.doctor;

import dev.kept.core.check.MapFile;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.doctor.Finding;
import dev.kept.core.doctor.Finding.Level;
import dev.kept.core.doctor.ServerFacts;
import dev.kept.core.doctor.ServerFindings;
import dev.kept.core.doctor.StoreFindings;
import dev.kept.core.doctor.TableFindings;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Planner;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.live.LiveCheck;
import dev.kept.core.live.LiveSchema;
import dev.kept.core.notice.Notice;
import dev.kept.core.source.Reading;
import dev.kept.server.configuration.Home;
import dev.kept.server.configuration.Unreachable;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.LiveStore;
import dev.kept.stores.postgres.doctor.ServerReading;
import dev.kept.stores.postgres.session.JdbcStoreConnection;
import dev.kept.stores.postgres.session.SessionProbe;
import dev.kept.stores.postgres.session.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** Looks at every database of a notice and at Kept's own; changes nothing in any of them. */
public final class Doctor {

    /** How Kept's own database is called beside the stores. */
    public static final String OWN = "kept";

    private final Home home;

    public Doctor(Home home) {
        this.home = home;
    }

    /**
     * Every store's database, then Kept's own.
     *
     * @param only this one's database
     * @throws CannotRun where there is no map of that name
     */
    public List<Examined> examine(Optional<String> only) {
        if (home.checked().notice().isEmpty()) {
            throw new CannotRun(
                    "the rules of the notice cannot be read, and its maps cannot without them", "kept check says why");
        }
        Map<String, MapFile> maps = home.checked().maps();
        if (only.isPresent() && !only.get().equals(OWN) && !maps.containsKey(only.get())) {
            throw new CannotRun(
                    "there is no map of a store `" + only.get() + "`",
                    maps.isEmpty() ? "draft one with `kept map`" : "name one of " + maps.keySet() + ", or `kept`");
        }
        List<Examined> examined = new ArrayList<>();
        maps.forEach((name, map) -> {
            if (only.isEmpty() || only.get().equals(name)) {
                examined.add(looked(name, false, () -> store(name, map)));
            }
        });
        if (only.isEmpty() || only.get().equals(OWN)) {
            examined.add(looked(OWN, true, this::own));
        }
        return together(examined);
    }

    private interface Look {
        Examined look() throws SQLException;
    }

    private static Examined looked(String name, boolean own, Look look) {
        try {
            return look.look();
        } catch (SQLException e) {
            return refused(name, own, Unreachable.of(e));
        } catch (StoreException e) {
            return refused(name, own, new CannotRun(e.getMessage(), e.attempt(), e));
        } catch (CannotRun e) {
            return refused(name, own, e);
        }
    }

    private static Examined refused(String name, boolean own, CannotRun why) {
        return new Examined(name, own, Optional.empty(), List.of(), List.of(), Optional.of(why));
    }

    private Examined store(String name, MapFile map) throws SQLException {
        String database = map.store().database();
        DataSource source = home.source(database);
        Server server = server(source, home.verified(database));
        if (server.tooOld()) {
            return server.alone(name, false);
        }
        List<Finding> findings = new ArrayList<>(server.findings());
        LiveSchema live = LiveStore.schema(source);
        Optional<TableFindings> tables = tables(map, live, findings);
        tables.ifPresent(found -> findings.addAll(found.findings()));
        findings.addAll(StoreFindings.of(
                server.facts(),
                tables.map(TableFindings::personal)
                        .orElseGet(() -> Set.copyOf(map.store().tables().keySet())),
                map.store().backupsKeptFor().isPresent()));
        return new Examined(
                name,
                false,
                Optional.of(server.facts()),
                tables.map(TableFindings::grants).orElse(List.of()),
                findings,
                Optional.empty());
    }

    /** What the map and the rules make of the live tables; empty where they do not fit. */
    private Optional<TableFindings> tables(MapFile map, LiveSchema live, List<Finding> findings) {
        Notice notice = home.checked().notice().orElseThrow();
        Reading<BoundStore> reading = LiveCheck.known(notice, map.store(), map.places(), live.catalogue());
        if (reading.failed()) {
            findings.add(unfit(
                    "map-unfit",
                    "the map of `" + map.store().name() + "` does not fit the live schema",
                    "`kept check --live` names every place"));
        } else if (home.checked().failed()) {
            findings.add(unfit("notice-unfit", "the notice does not check", "`kept check` names every place"));
        }
        Optional<BoundStore> bound = reading.value();
        return bound.map(store -> TableFindings.of(
                store,
                Planner.plan(
                        store,
                        new AsOf(
                                home.clock().instant(),
                                store.notice().controller().zone()),
                        Facts.NONE,
                        new Scope.Everybody()),
                live));
    }

    private static Finding unfit(String code, String what, String advice) {
        return new Finding(
                Level.PROBLEM,
                code,
                "",
                what,
                "no run is begun until it does, and the privileges that are needed are told as far as it does",
                List.of(),
                advice);
    }

    private record Server(ServerFacts facts, List<Finding> findings) {

        /** What else there is to ask, it could not answer. */
        boolean tooOld() {
            return facts.server().major() < ServerFindings.OLDEST;
        }

        Examined alone(String name, boolean own) {
            return new Examined(name, own, Optional.of(facts), List.of(), findings, Optional.empty());
        }
    }

    private Server server(DataSource source, boolean verified) throws SQLException {
        try (Connection connection = source.getConnection()) {
            ServerFacts facts = ServerReading.read(connection, verified);
            Instant now = home.clock().instant();
            List<Finding> findings = new ArrayList<>(ServerFindings.of(facts, now));
            boolean oneOnly =
                    facts.role().connectionLimit() == 0 || facts.role().connectionLimit() == 1;
            if (!oneOnly && facts.server().major() >= ServerFindings.OLDEST) {
                SessionProbe.pooled(JdbcStoreConnection.connector(source))
                        .ifPresent(pooled -> findings.add(new Finding(
                                Level.PROBLEM,
                                "transaction-pool",
                                "",
                                pooled.getMessage(),
                                "settings and the lock that keeps a second Kept out would be other people's a moment later",
                                List.of(),
                                pooled.attempt())));
            }
            return new Server(facts, findings);
        }
    }

    private Examined own() throws SQLException {
        if (home.ownStarts()) {
            return new Examined(
                    OWN,
                    true,
                    Optional.empty(),
                    List.of(),
                    List.of(new Finding(
                            Level.NOTE,
                            "not-begun",
                            "",
                            "Kept's own database is an embedded one that is not there yet",
                            "the first command that needs it makes it",
                            List.of(),
                            "")),
                    Optional.empty());
        }
        DataSource source = home.stateSource();
        Server server = server(source, home.stateVerified());
        if (server.tooOld()) {
            return server.alone(OWN, true);
        }
        List<Finding> findings = new ArrayList<>(server.findings());
        OwnSchema.look(source, server.facts()).ifPresent(findings::add);
        return new Examined(OWN, true, Optional.of(server.facts()), List.of(), findings, Optional.empty());
    }

    /** What shows only beside each other: the same server. */
    private static List<Examined> together(List<Examined> examined) {
        Optional<String> own = examined.stream()
                .filter(Examined::own)
                .flatMap(one -> one.facts().stream())
                .flatMap(facts -> facts.server().systemIdentifier().stream())
                .findFirst();
        List<String> same = examined.stream()
                .filter(one -> !one.own()
                        && own.isPresent()
                        && one.facts()
                                .flatMap(facts -> facts.server().systemIdentifier())
                                .equals(own))
                .map(Examined::name)
                .toList();
        if (same.isEmpty()) {
            return examined;
        }
        return examined.stream()
                .map(one -> one.own() ? with(one, oneServer(same)) : one)
                .toList();
    }

    private static Finding oneServer(List<String> stores) {
        return new Finding(
                Level.NOTE,
                "one-server",
                "",
                "Kept's own database is on the server of `" + String.join("`, `", stores) + "`",
                "a restore of the whole server takes back what Kept knows, too: whom it erased since then is not recognised, and the ledger is an older one",
                List.of(),
                "restore databases by themselves, or keep Kept's own on another server");
    }

    private static Examined with(Examined one, Finding more) {
        List<Finding> findings = new ArrayList<>(one.findings());
        findings.add(more);
        return new Examined(one.name(), one.own(), one.facts(), one.grants(), findings, one.refused());
    }
}
