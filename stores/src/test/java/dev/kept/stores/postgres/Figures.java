package dev.kept.stores.postgres;

import dev.kept.core.binding.Binder;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.MapReader;
import dev.kept.core.datamap.Store;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Planner;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import dev.kept.stores.postgres.run.PlanExecutor;
import dev.kept.stores.postgres.run.Recovery;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunResult;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.Pauses;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreConnector;
import java.time.Instant;
import java.time.ZoneId;

/** A shop whose ended orders leave figures: partitions, keys of two columns, and one customer with a thousand orders. */
final class Figures {

    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    static final AsOf T = new AsOf(Instant.parse("2027-06-01T00:00:00Z"), ZONE);

    private Figures() {}
    // -------------------------------------------------------------------------------------------

    static final String NOTICE = """
            notice: shop
            languages: [en]
            controller: {name: Shop, email: privacy@shop.example, post: here, zone: Europe/Berlin}
            covers: {sites: [shop.example]}
            collects:
              email: {from: you, is: pd:EmailAddress}
              order: {from: you, is: pd:Transactional}
              log: {from: device, is: pd:IPAddress}
            uses:
              account:
                basis: contract
                data: [email]
                ends: [{after: account.closed, for: 1 day}, {after: account.opened, for: 20 years}]
              orders:
                basis: contract
                data: [order, log]
                begins: order.placed
                ends: [{after: order.placed, for: 2 years}]
              counting: {form: anonymised, at-least: 5, basis: legitimate-interests, interest: knowing what sells, data: [order, log]}
            signals: {dnt: not-answered, gpc: not-answered}
            contact: {email: privacy@shop.example, post: here}
            rights: {answered-within: 30 days, access: {}, correct: {}, erase: {}}
            """;

    static final String MAP = """
            store: shop
            database: ${SHOP_URL}
            tables:
              customers:
                person: {customer: {key: [shop, nr], found-by: {email: email}}}
                uses: [account]
                events: {account.opened: opened, account.closed: closed}
                columns: {email: email}
              orders:
                belongs-to: {buyer: {person: customer, via: [shop, nr]}}
                uses: [orders]
                events: {order.placed: {at: placed_at, absent: never}}
                columns: {ip: log, agent: log, paid: order, total: order, note: order}
                anonymise:
                  into: figures.sales
                  for: counting
                  columns:
                    month: {of: placed_at, as: [month, year]}
                    paid: {of: paid, as: value, or: nothing}
                    network: {of: ip, network: [16/48, 8/32], or: nothing}
                    spent: {of: total, steps: [50, 100]}
                    orders: rows
                    buyers: persons
                    counted: as-of
              figures.sales: not-personal
            """;

    static final String TABLES = """
            CREATE SCHEMA figures;
            CREATE TABLE customers (shop text, nr int, email text, opened date NOT NULL, closed date, PRIMARY KEY (shop, nr));
            CREATE TABLE orders (id bigint, shop text, nr int, placed_at timestamptz NOT NULL, ip inet, agent text, paid boolean,
                total numeric, note text, PRIMARY KEY (id, placed_at), FOREIGN KEY (shop, nr) REFERENCES customers)
                PARTITION BY RANGE (placed_at);
            CREATE INDEX ON orders (shop, nr);
            CREATE TABLE orders_2024 PARTITION OF orders FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY RANGE (placed_at);
            CREATE TABLE orders_2024a PARTITION OF orders_2024 FOR VALUES FROM ('2024-01-01') TO ('2024-03-01');
            CREATE TABLE orders_2024b PARTITION OF orders_2024 FOR VALUES FROM ('2024-03-01') TO ('2025-01-01');
            CREATE TABLE orders_later PARTITION OF orders DEFAULT;
            CREATE TABLE figures.sales (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, month date, paid boolean, network cidr,
                spent numeric, orders int NOT NULL, buyers int NOT NULL, counted date NOT NULL);
            """;

    static final String ROWS = """
            TRUNCATE customers, orders, figures.sales;
            INSERT INTO customers SELECT 's' || i % 2, i, 'c' || i, '2020-01-01' FROM generate_series(1, 40) i;
            INSERT INTO orders SELECT i, 's' || (1 + i % 39) % 2, 1 + i % 39,
                timestamptz '2024-01-01 00:30+01' + i * interval '9 hours',
                ('10.' || i % 3 || '.' || i % 7 || '.' || i % 250)::inet, 'agent', i % 2 = 0, i % 130, 'note'
                FROM generate_series(1, 900) i;
            INSERT INTO orders SELECT 1000 + i, 's0', 40, timestamptz '2024-02-01 12:00+01', '10.1.0.1', 'agent', true, 70, 'bulk'
                FROM generate_series(1, 1000) i;
            """;

    static final String LEFT = """
            SELECT 'order', id::text, note, '', '', '', '' FROM orders
            UNION ALL SELECT 'group', month::text, paid::text, network::text, spent::text, orders::text, buyers::text FROM figures.sales
            ORDER BY 1, 2, 3, 4, 5, 6, 7""";

    private static <T> T read(Reading<T> reading) {
        return reading.value()
                .orElseThrow(
                        () -> new IllegalArgumentException(reading.problems().toString()));
    }

    static BoundStore bound(Shop shop, String map) {
        Notice notice = read(NoticeReader.read(new SourceText("notice.yaml", NOTICE)));
        Reading<Store> store = MapReader.read(new SourceText("shop.yaml", map), ZONE);
        return read(Binder.bind(notice, read(store), shop.catalogue("public", "figures"), store.places()));
    }

    static Plan plan(Shop shop) {
        return Planner.plan(bound(shop, MAP), T, Facts.NONE, new Scope.Everybody());
    }

    static RunResult run(Shop shop, Plan plan, RunOptions options) {
        return run(shop, shop.connector(), plan, new TestJournal(), FaultPoints.NONE, options);
    }

    static RunResult run(
            Shop shop,
            StoreConnector connector,
            Plan plan,
            TestJournal journal,
            FaultPoints faults,
            RunOptions options) {
        Recovery.Recovered recovered = Recovery.recover(
                connector,
                SessionOptions.sweeping("kept test"),
                faults,
                // a tenth of the patience with sessions of a killed process: each kill is waited for
                pause -> Pauses.sleeping().pause(pause.dividedBy(10)),
                journal.unfinished(),
                journal);
        try (var session = recovered.session()) {
            return new PlanExecutor(shop.catalogue("public", "figures"), options, duration -> {})
                    .run(session, plan, journal, RunWatch.NONE);
        }
    }
}
