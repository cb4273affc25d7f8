package dev.kept.bench;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.CatalogueFile;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.lifecycle.StorePlanner;
import dev.kept.core.source.SourceText;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** Planning a sweep of 500 tables, warm: a hundred families of a customer, her orders, their lines, their parcels and a log. */
final class PlanBench {

    private static final int FAMILIES = 100;
    private static final int IN_A_FAMILY = 5;
    private static final int TABLES = IN_A_FAMILY * FAMILIES;
    private static final int WARM_UPS = 60;
    private static final int ROUNDS = 31;
    private static final double BAR_MILLIS = 50;

    private PlanBench() {}

    static List<Figure> run() throws Exception {
        double median = millis(FAMILIES, WARM_UPS, ROUNDS);
        return List.of(new Figure(
                "plan",
                TABLES + " tables",
                median,
                "ms",
                "<= 50",
                median <= BAR_MILLIS,
                String.format(Locale.ROOT, "median of %d, after %d to warm up; no rival", ROUNDS, WARM_UPS)));
    }

    /** Microseconds for each of so many tables, warm; a multiple of {@value #IN_A_FAMILY}. */
    static double microsPerTable(int tables) throws Exception {
        return millis(tables / IN_A_FAMILY, WARM_UPS, ROUNDS) * 1e3 / tables;
    }

    /** The median of planning so many families. */
    private static double millis(int families, int warmUps, int rounds) throws Exception {
        StorePlanner planner = new StorePlanner(store(families));
        AsOf asOf = new AsOf(Instant.parse("2026-03-01T00:00:00Z"), ZoneId.of("Europe/Berlin"));
        double[] millis = new double[rounds];
        for (int i = -warmUps; i < rounds; i++) {
            double took = Measure.millis(() -> {
                long planned = planner.plan(asOf, Facts.NONE, new Scope.Everybody())
                        .tables()
                        .count();
                if (planned != (long) IN_A_FAMILY * families) {
                    throw new IllegalStateException("planned " + planned + " tables");
                }
            });
            if (i >= 0) {
                millis[i] = took;
            }
        }
        return Measure.median(millis);
    }

    private static BoundStore store(int families) {
        StringBuilder map = new StringBuilder("store: bench\ntables:\n");
        StringBuilder catalogue = new StringBuilder("product: PostgreSQL 18.0\ntables:\n");
        for (int i = 0; i < families; i++) {
            table(
                    map,
                    catalogue,
                    "customers" + i,
                    "person: {customer" + i + ": {key: id, found-by: {email: text}}}",
                    "");
            table(
                    map,
                    catalogue,
                    "orders" + i,
                    "belongs-to: {buyer: {person: customer" + i + ", via: parent}}",
                    "customers" + i);
            table(
                    map,
                    catalogue,
                    "lines" + i,
                    "belongs-to: {order: {table: orders" + i + ", via: parent}}",
                    "orders" + i);
            table(
                    map,
                    catalogue,
                    "parcels" + i,
                    "belongs-to: {order: {table: orders" + i + ", via: parent}}",
                    "orders" + i);
            table(
                    map,
                    catalogue,
                    "logins" + i,
                    "belongs-to: {visitor: {person: customer" + i + ", via: parent}}",
                    "customers" + i);
        }
        return Bound.of(
                map.toString(),
                Bound.value(CatalogueFile.read(new SourceText("stores/bench.catalogue.yaml", catalogue.toString()))));
    }

    private static void table(StringBuilder map, StringBuilder catalogue, String name, String whose, String parent) {
        map.append("  ").append(name).append(":\n    ").append(whose).append("\n    uses: [visits]\n");
        map.append("    events: {visit.made: made_at}\n    columns: {text: email}\n");
        catalogue.append("  ").append(name).append(":\n    columns:\n      id: {type: bigint, not-null: true}\n");
        if (!parent.isEmpty()) {
            catalogue.append("      parent: {type: bigint, not-null: true}\n");
        }
        catalogue.append("      made_at: {type: timestamp with time zone, not-null: true}\n      text: {type: text}\n");
        catalogue.append("    primary-key: [id]\n");
        if (!parent.isEmpty()) {
            catalogue
                    .append("    foreign-keys:\n    - {name: ")
                    .append(name)
                    .append("_fk, columns: [parent], to: ")
                    .append(parent)
                    .append(", target: [id]}\n");
            catalogue.append("    indexes:\n    - {name: ").append(name).append("_parent, columns: [parent]}\n");
        }
        catalogue.append("    rows: 1000\n    pages: 10\n");
    }
}
