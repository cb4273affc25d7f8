package dev.kept.server.run;

import dev.kept.core.binding.Binder;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.MapReader;
import dev.kept.core.datamap.Store;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.rights.Correction;
import dev.kept.core.rights.CorrectionReader;
import dev.kept.core.source.Places;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import dev.kept.server.state.State;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import dev.kept.stores.postgres.session.FaultPoints;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A shop with a store and a state of its own, in fresh databases. */
final class CorrectionShop implements AutoCloseable {

    static final String NOTICE = """
            notice: shop
            languages: [en]
            controller: {name: Shop, email: privacy@shop.example, post: here, zone: Europe/Berlin}
            covers: {sites: [shop.example]}
            collects:
              name: {from: you, is: pd:Name}
              email: {from: you, is: pd:EmailAddress}
              phone: {from: you, is: pd:TelephoneNumber}
              address: {from: you, is: pd:PhysicalAddress}
              message: {from: you, is: pd:Communication}
              size: {from: you, is: pd:Size}
              password: {from: you, is: pd:Password, secret: true}
            uses:
              account: {basis: contract, data: [name, email, phone, address, message, size, password], ends: [{after: account.opened, for: 9 years}]}
            shares:
              mailer: {kind: processor, uses: [account], data: [email], contract: {signed: 2026-03-01, keeps: {after: contract.ended, for: 30 days}}}
              carrier: {kind: controller, uses: [account], data: [address]}
              sale: never
            cookies: {}
            keeps: {longest: 9 years, then: {rows: delete, backups: isolate}}
            signals: {dnt: not-answered, gpc: not-answered}
            contact: {email: privacy@shop.example, post: here}
            rights: {answered-within: 30 days, access: {}, correct: {}, erase: {}}
            """;

    static final Operator OPERATOR = new Operator("Olga", "signed in");

    private final TestDatabase store;
    private final TestDatabase kept;
    private final Notice notice;
    private final Store map;
    private final State state;

    private final String schema;
    private @Nullable LiveStore live;

    /**
     * @param schema what makes the tables and their rows
     * @param map the tables of the data map
     */
    CorrectionShop(String schema, String map) {
        this(NOTICE, schema, map);
    }

    /** The same under another notice. */
    CorrectionShop(String rules, String schema, String map) {
        this(TestCluster.shared(), rules, schema, map);
    }

    /** The same on another server; Kept's own database is on the one that all share. */
    CorrectionShop(TestCluster cluster, String rules, String schema, String map) {
        this.schema = schema;
        this.store = cluster.freshDatabase();
        this.kept = TestCluster.shared().freshDatabase();
        this.notice = read(NoticeReader.read(new SourceText("notice.yaml", rules)));
        this.map = read(MapReader.read(
                new SourceText("shop.yaml", "store: shop\ndatabase: ${SHOP_URL}\ntables:\n" + map.indent(2)),
                notice.controller().zone()));
        store.execute(schema);
        this.state = State.open(kept.jdbcUrl(), kept.user(), kept.password(), InstantSource.system());
    }

    private static <T> T read(Reading<T> reading) {
        return reading.value()
                .orElseThrow(
                        () -> new IllegalArgumentException(reading.problems().toString()));
    }

    State state() {
        return state;
    }

    /** As new. */
    CorrectionShop reset() {
        store.execute("drop schema public cascade; create schema public; " + schema);
        try (Connection connection = kept.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "truncate kept.run, kept.run_step, kept.approval, kept.journal, kept.private_log, kept.person_fact, kept.hold, kept.suppression, kept.detached_partition");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    /** The map tied to the tables as the schema made them: what a test changes afterwards only the database knows. */
    LiveStore live() {
        LiveStore known = live;
        if (known == null) {
            known = bound();
            live = known;
        }
        return known;
    }

    private LiveStore bound() {
        Catalogue catalogue = LiveStore.catalogue(store.dataSource());
        Reading<BoundStore> bound = Binder.bind(notice, map, catalogue, Places.none("shop.yaml"));
        return new LiveStore(read(bound), catalogue, store.dataSource());
    }

    static Correction request(String yaml) {
        return read(CorrectionReader.read(new SourceText("request", yaml)));
    }

    CorrectionService service(FaultPoints faults) {
        return new CorrectionService(state, InstantSource.system(), faults, duration -> {});
    }

    Corrected correct(String yaml) {
        return service(FaultPoints.NONE).correct(live(), request(yaml), OPERATOR, false);
    }

    Corrected everywhere(String yaml) {
        return service(FaultPoints.NONE).correct(live(), request(yaml), OPERATOR, true);
    }

    Corrected dryRun(String yaml) {
        return service(FaultPoints.NONE).dryRun(live(), request(yaml), false);
    }

    static List<String> codes(Corrected corrected) {
        return corrected.problems().stream().map(problem -> problem.code()).toList();
    }

    static List<String> changed(Corrected corrected) {
        return corrected.found().changes().stream()
                .map(one -> one.table() + "." + one.column() + " " + one.rows() + " " + one.why())
                .sorted()
                .toList();
    }

    static List<String> left(Corrected corrected) {
        return corrected.found().left().stream()
                .map(one -> (one.table() + "." + one.column() + " " + one.rows() + " " + one.reason()).strip())
                .sorted()
                .toList();
    }

    void execute(String script) {
        store.execute(script);
    }

    Connection connect() throws SQLException {
        return store.connect();
    }

    /** Rows as text, columns joined with a bar, NULL as {@code ~}. */
    List<String> rows(String query) {
        return rows(store, query);
    }

    List<String> keptRows(String query) {
        return rows(kept, query);
    }

    private static List<String> rows(TestDatabase database, String query) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    String value = result.getString(i);
                    values.add(value == null ? "~" : value);
                }
                rows.add(String.join("|", values));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    /** Every row of every table, as it is stored, with where it stands and which transaction wrote it: what is not touched stays the same. */
    Map<String, List<String>> everything() {
        Map<String, List<String>> tables = new TreeMap<>();
        for (String table : rows("select format('%I.%I', schemaname, tablename) from pg_tables"
                + " where schemaname not in ('pg_catalog', 'information_schema')")) {
            tables.put(table, rows("select t.ctid, t.xmin, t::text from only " + table + " t order by 1"));
        }
        return tables;
    }

    /** The rows that are in {@code after} and were not before, by table; only those that something wrote. */
    static Map<String, List<String>> written(Map<String, List<String>> before, Map<String, List<String>> after) {
        Map<String, List<String>> written = new LinkedHashMap<>();
        after.forEach((table, rows) -> {
            List<String> fresh = rows.stream()
                    .filter(row -> !before.getOrDefault(table, List.of()).contains(row))
                    .map(row -> row.split("\\|", 3)[2])
                    .toList();
            if (!fresh.isEmpty()
                    || rows.size() != before.getOrDefault(table, List.of()).size()) {
                written.put(table, fresh);
            }
        });
        return written;
    }

    @Override
    public void close() {
        state.close();
        store.close();
        kept.close();
    }
}
