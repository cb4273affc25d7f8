package dev.kept.server.state;

import dev.kept.core.notice.version.Published;
import dev.kept.core.notice.version.Version;
import dev.kept.server.failure.CannotRun;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Versions are frozen without a database; the ledger learns of them when Kept's own database is next opened, each once. */
public final class Publications {

    private static final String UNIQUE_VIOLATION = "23505";

    private final Jdbi jdbi;
    private final DataSource source;
    private final Journal journal;
    private final InstantSource clock;

    Publications(Jdbi jdbi, DataSource source, Journal journal, InstantSource clock) {
        this.jdbi = jdbi;
        this.source = source;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Adds an entry for each version that the ledger does not have, in order.
     *
     * @throws CannotRun where the ledger has another version of that number: of the newest, no later version knows the hash
     */
    public void enter(List<Published> versions) {
        if (versions.isEmpty()) {
            return;
        }
        Set<String> known = jdbi.withHandle(handle -> handle.createQuery("select hash from kept.published")
                .mapTo(String.class)
                .set());
        versions.stream().filter(version -> !known.contains(version.hash())).forEach(this::enter);
    }

    private void enter(Published published) {
        int number = published.version().number();
        if (hasAnother(number, published.hash())) {
            throw new CannotRun(
                    "`published/" + number + "` is not the version " + number + " that the ledger says was published",
                    "take it back from version control; what shall be new is published as a new version");
        }
        StateChange noted = StateChange.of(
                "insert into kept.published (hash, entered_at) values (?, ?)",
                published.hash(),
                Runs.at(clock.instant()));
        try {
            StateChange.together(source, List.of(noted, journal.entry(null, "published", entry(published))));
        } catch (UnableToExecuteStatementException e) {
            if (!SqlState.of(e).contains(UNIQUE_VIOLATION)) {
                throw e;
            }
            // another process was first
        }
    }

    private boolean hasAnother(int number, String hash) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select exists (select from kept.journal where kind = 'published'"
                                + " and entry::jsonb ->> 'version' = :number and entry::jsonb ->> 'hash' <> :hash)")
                        .bind("number", Integer.toString(number))
                        .bind("hash", hash)
                        .mapTo(Boolean.class)
                        .one());
    }

    private static Map<String, Object> entry(Published published) {
        Version version = published.version();
        Map<String, Object> entry = new TreeMap<>();
        entry.put("version", version.number());
        entry.put("hash", published.hash());
        entry.put("published", version.published().toString());
        entry.put("effective", version.effective().toString());
        entry.put("languages", version.languages());
        entry.put("files", version.files());
        entry.put("material", version.material());
        if (!version.suspends().isEmpty()) {
            entry.put("suspends", version.suspends());
        }
        return entry;
    }
}
