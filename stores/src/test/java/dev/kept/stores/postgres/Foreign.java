package dev.kept.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.MapReader;
import dev.kept.core.datamap.Store;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Facts.PersonFact;
import dev.kept.core.lifecycle.Facts.What;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Planner;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.live.LiveCheck;
import dev.kept.core.live.LiveSchema;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import dev.kept.stores.postgres.catalogue.CatalogueReading;
import dev.kept.stores.postgres.run.Pace;
import dev.kept.stores.postgres.run.PlanExecutor;
import dev.kept.stores.postgres.run.RunJournal;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunResult;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.StoreSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Somebody else's database with a map written for it: persons are erased from it as they would be from one's own.
 *
 * <p>The notice: {@code account} ends when the person asks, {@code accounting} is kept for ten years after {@code order.placed}.
 */
record Foreign(Shop shop, LiveSchema live, Reading<BoundStore> bound) implements AutoCloseable {

    private static final String NOTICE = """
            notice: foreign
            languages: [en]
            controller: {name: Foreign, email: privacy@foreign.example, zone: UTC}
            collects: {name: {from: you}, email: {from: you}, address: {from: you}, line: {from: use}}
            uses:
              account:
                basis: contract
                data: [name, email, address, line]
                begins: account.opened
                ends: [{after: account.closed, for: 30 days}, {after: account.opened, for: 20 years}]
            keeps:
              beyond:
                accounting: {law: Commercial Code, duty: required, data: [line], ends: [{after: order.placed, for: 10 years}]}
            """;

    static Foreign database(String schema, String tables) throws SQLException {
        Shop shop = Shop.with(schema);
        LiveSchema live;
        try (Connection connection = shop.database().connect()) {
            live = CatalogueReading.live(connection);
        }
        Notice notice = NoticeReader.draft(new SourceText("notice.yaml", NOTICE))
                .value()
                .orElseThrow();
        String map = "store: foreign\ndatabase: ${FOREIGN_URL}\nzone: UTC\nsentinels: [infinity]\ntables:\n"
                + tables.indent(2);
        Reading<Store> store = MapReader.draft(new SourceText("stores/foreign.yaml", map), ZoneOffset.UTC);
        assertThat(store.problems()).noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
        return new Foreign(
                shop, live, LiveCheck.tie(notice, store.value().orElseThrow(), store.places(), live.catalogue()));
    }

    Plan erasure(String kind, List<String> key) {
        assertThat(bound.problems()).noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
        return Planner.plan(
                bound.value().orElseThrow(),
                Plans.NOW,
                new Facts(List.of(new PersonFact(new What.Erased(), kind, List.of(key))), List.of()),
                new Scope.Persons(List.of(new Scope.Identified(kind, new KeySet("who asked", List.of(key))))));
    }

    List<String> refusals() {
        Plan plan = Planner.plan(bound.value().orElseThrow(), Plans.NOW, Facts.NONE, new Scope.Everybody());
        return plan.refusals().stream().map(Problem::message).toList();
    }

    RunResult erase(String kind, String... key) {
        return run(erasure(kind, List.of(key)), RunOptions.defaults());
    }

    /** The same in batches of two rows. */
    RunResult eraseInBatches(String kind, String... key) {
        RunOptions defaults = RunOptions.defaults();
        return run(
                erasure(kind, List.of(key)),
                new RunOptions(defaults.batchTarget(), Pace.FULL, 2, defaults.keysPerBatch(), 0));
    }

    private RunResult run(Plan plan, RunOptions options) {
        assertThat(plan.refusals()).isEmpty();
        try (StoreSession session = shop.session()) {
            return new PlanExecutor(live.catalogue(), options, duration -> {})
                    .run(session, plan, RunJournal.forgetful(), RunWatch.NONE);
        }
    }

    /** Every row of every table, as text. */
    Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new TreeMap<>();
        live.catalogue()
                .tables()
                .keySet()
                .forEach(table -> rows.put(
                        table.toString(),
                        shop.rows("SELECT t::text FROM " + dev.kept.stores.postgres.sql.SqlTables.name(table)
                                + " AS t ORDER BY 1")));
        return rows;
    }

    /** Rows that are there no more, or no more as they were. */
    static Map<String, List<String>> gone(Map<String, List<String>> before, Map<String, List<String>> after) {
        Map<String, List<String>> gone = new LinkedHashMap<>();
        before.forEach((table, rows) -> {
            List<String> missing = new ArrayList<>(rows);
            after.getOrDefault(table, List.of()).forEach(missing::remove);
            if (!missing.isEmpty()) {
                gone.put(table, missing);
            }
        });
        return gone;
    }

    @Override
    public void close() {
        shop.close();
    }
}
