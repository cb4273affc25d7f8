package dev.kept.bench;

import static dev.kept.bench.Measure.median;
import static dev.kept.bench.Measure.millis;

import dev.kept.core.ledger.CanonicalJson;
import dev.kept.core.ledger.Flaw;
import dev.kept.core.ledger.LedgerEntry;
import dev.kept.server.ledger.ExportAudit;
import dev.kept.server.ledger.Ledger;
import dev.kept.server.state.State;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Entries appended to the ledger in durable batches, beside a COPY of the same rows into a plain table, one batch each in turn; then all of them published,
 * and recomputed from the database and from an export.
 */
final class LedgerBench {

    private static final int BATCH = 1_000;
    private static final int ROUNDS = 9;
    private static final long ALL_BATCHES = 1_000;
    private static final double APPENDED = 100_000;
    private static final double OF_COPY = 0.5;
    private static final double VERIFIED = 300_000;

    private final long batches;

    private LedgerBench(long batches) {
        this.batches = batches;
    }

    /** @param scale the share of all batches that is made */
    static List<Figure> run(double scale) throws Exception {
        return new LedgerBench(Math.max(ROUNDS, Math.round(ALL_BATCHES * scale))).measure();
    }

    private List<Figure> measure() throws Exception {
        try (Database database = Database.open();
                State state = database.state()) {
            List<Figure> figures = new ArrayList<>();
            Ledger ledger = new Ledger(state, "bench.example/ledger");
            figures.addAll(append(state));
            double published = millis(ledger::publish);
            long size = ledger.status().entries();
            figures.add(figure("published", size, published, 0, "tiles and a signed checkpoint after the commits"));
            double[] verified = new double[3];
            for (int i = 0; i < verified.length; i++) {
                verified[i] = millis(() -> clean(ledger));
            }
            figures.add(
                    figure("verified", size, median(verified), VERIFIED, "recomputed from the database, median of 3"));
            Path folder = Place.root()
                    .resolve("bench/target/ledger-" + ProcessHandle.current().pid());
            double exported = millis(() -> ledger.export(folder, Ledger.Progress.NONE));
            figures.add(figure("exported", size, exported, 0, "written as files"));
            for (int i = 0; i < verified.length; i++) {
                verified[i] = millis(() -> clean(folder));
            }
            figures.add(figure(
                    "verified-export",
                    size,
                    median(verified),
                    VERIFIED,
                    "recomputed from an export's files, median of 3"));
            Database.delete(folder);
            return figures;
        }
    }

    private static void clean(Ledger ledger) {
        List<Flaw> flaws = new ArrayList<>();
        ledger.verify(List.of(), List.of(), flaws::add, Ledger.Progress.NONE);
        expectNone(flaws);
    }

    private static void clean(Path folder) {
        List<Flaw> flaws = new ArrayList<>();
        new ExportAudit(folder).verify(List.of(), List.of(), flaws::add, Ledger.Progress.NONE);
        expectNone(flaws);
    }

    private static void expectNone(List<Flaw> flaws) {
        if (!flaws.isEmpty()) {
            throw new IllegalStateException(flaws.getFirst().says());
        }
    }

    private static Figure figure(String name, long entries, double millis, double bar, String detail) {
        double rate = entries / millis * 1000;
        return new Figure(
                "ledger",
                name,
                rate,
                "entries/s",
                bar == 0 ? "none" : String.format(Locale.ROOT, ">= %.0f", bar),
                rate >= bar,
                String.format(Locale.ROOT, "%d entries in %.0f ms; %s", entries, millis, detail));
    }

    private List<Figure> append(State state) throws Exception {
        double[] kept = new double[ROUNDS];
        double[] rival = new double[ROUNDS];
        try (Connection connection = state.database().open().getConnection()) {
            Database.execute(
                    connection,
                    "create table kept.plain (seq bigint, at timestamptz, run uuid, kind text, entry text)");
            connection.setAutoCommit(false);
            int number = 0;
            for (int round = -1; round < ROUNDS; round++) {
                double ours = 0;
                double theirs = 0;
                for (long batch = 0; batch < Math.max(1, batches / ROUNDS); batch++) {
                    List<LedgerEntry> entries = entries(number++);
                    ours += millis(() -> {
                        Ledger.append(connection, entries);
                        connection.commit();
                    });
                    theirs += millis(() -> {
                        PlainCopy.write(connection, entries);
                        connection.commit();
                    });
                }
                if (round >= 0) {
                    kept[round] = ours;
                    rival[round] = theirs;
                }
            }
        }
        double entries = Math.max(1, batches / ROUNDS) * (double) BATCH;
        double rate = entries / median(kept) * 1000;
        double ratio = median(rival) / median(kept);
        String detail = String.format(
                Locale.ROOT,
                "%.0f entries/s, bare COPY of the same rows into a plain table %.0f; batches of %d, each durable, in turn; medians of %d rounds of %.0f entries",
                rate,
                entries / median(rival) * 1000,
                BATCH,
                ROUNDS,
                entries);
        return List.of(
                new Figure("ledger", "appended", rate, "entries/s", ">= 100000", rate >= APPENDED, detail),
                new Figure("ledger", "of-copy", ratio, "x bare COPY", ">= 0.5", ratio >= OF_COPY, detail));
    }

    /** Consents as they would be logged: a rule, a version, a hash of the text that was shown, a commitment. */
    private static List<LedgerEntry> entries(int batch) {
        List<LedgerEntry> entries = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            long number = (long) batch * BATCH + i;
            entries.add(new LedgerEntry(
                    Instant.ofEpochSecond(1_800_000_000L + batch, i * 1_000L),
                    "consent",
                    Optional.of(new UUID(batch, 7)),
                    CanonicalJson.write(Map.of(
                            "use",
                            "uses.newsletter",
                            "status",
                            "given",
                            "version",
                            3,
                            "text",
                            hex(number),
                            "commitment",
                            hex(-number)))));
        }
        return entries;
    }

    private static String hex(long number) {
        return HexFormat.of().toHexDigits(number * 0x9E3779B97F4A7C15L).repeat(4);
    }
}
