package dev.kept.server.state;

import dev.kept.core.ledger.EntryParts;
import dev.kept.core.ledger.LedgerEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * What happened, append-only and without personal data: counts, rule paths, roles, salted commitments. Entries are canonical JSON (RFC 8785) and numbered
 * from 0 without gaps, in the order of their commits: they are the ledger's leaves.
 */
public final class Journal {

    /** Takes the next numbers and keeps them locked until the transaction ends. Fails where the ledger has no head. */
    private static final String APPEND =
            "with part as (select entry, number from unnest(?) with ordinality as part (entry, number)),"
                    + " head as (update kept.ledger_head set size = size + (select count(*) from part)"
                    + " returning size - (select count(*) from part) as first)"
                    + " insert into kept.journal (seq, at, run, kind, entry)"
                    + " select (select first from head) + number - 1, ?::timestamptz, ?::uuid, ?, entry from part order by number";

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final AtomicBoolean used;

    /** @param used is set with the first entry */
    Journal(Jdbi jdbi, InstantSource clock, AtomicBoolean used) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.used = used;
    }

    /** One entry; {@code seq} is its index in the ledger. */
    public record Entry(long seq, Instant at, Optional<UUID> run, String kind, String json) {}

    /** Adds an entry of its own. */
    public void append(@Nullable UUID run, String kind, Map<String, ?> entry) {
        jdbi.useHandle(entry(run, kind, entry)::apply);
    }

    /** Adds an entry within a transaction, as its last thing. */
    public void appendWithin(Handle handle, String kind, Map<String, ?> entry) {
        entry(null, kind, entry).apply(handle);
    }

    /** The same of a run or a request. */
    public void appendWithin(Handle handle, UUID run, String kind, Map<String, ?> entry) {
        entry(run, kind, entry).apply(handle);
    }

    /**
     * An entry to be added with something else. What is too long for one is said in several, see {@link EntryParts}.
     *
     * @param kind lower-case letters, digits, {@code -}
     */
    public StateChange entry(@Nullable UUID run, String kind, Map<String, ?> entry) {
        List<LedgerEntry> parts = EntryParts.of(entry).stream()
                .map(json -> new LedgerEntry(clock.instant(), kind, Optional.ofNullable(run), json))
                .toList();
        used.set(true);
        return new StateChange(
                APPEND,
                Arrays.asList(
                        parts.stream().map(LedgerEntry::json).toList(),
                        Runs.at(parts.getFirst().at()),
                        run,
                        kind),
                true);
    }

    /** The entries of a run, oldest first. */
    public List<Entry> of(UUID run) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select seq, at, run, kind, entry from kept.journal where run = :run order by seq")
                .bind("run", run)
                .map((row, context) -> read(row))
                .list());
    }

    /** The most recent entries of a kind, newest first. */
    public List<Entry> latest(String kind, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select seq, at, run, kind, entry from kept.journal where kind = :kind order by seq desc limit :most")
                .bind("kind", kind)
                .bind("most", most)
                .map((row, context) -> read(row))
                .list());
    }

    /** So many entries before a number, newest first. */
    public List<Entry> before(long seq, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select seq, at, run, kind, entry from kept.journal where seq < :seq order by seq desc limit :most")
                .bind("seq", seq)
                .bind("most", most)
                .map((row, context) -> read(row))
                .list());
    }

    /** So many entries from a number on, oldest first, as a transaction sees them. */
    public List<Entry> from(Handle handle, long seq, int most) {
        return handle.createQuery(
                        "select seq, at, run, kind, entry from kept.journal where seq >= :seq order by seq limit :most")
                .bind("seq", seq)
                .bind("most", most)
                .map((row, context) -> read(row))
                .list();
    }

    private static Entry read(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong("seq"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("run", UUID.class)),
                row.getString("kind"),
                row.getString("entry"));
    }
}
