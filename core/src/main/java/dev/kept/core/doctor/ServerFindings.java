package dev.kept.core.doctor;

import dev.kept.core.doctor.ServerFacts.Replica;
import dev.kept.core.live.NeededGrant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What of a server, a role and the way there stops Kept, or will hurt: for stores and for Kept's own database alike. */
public final class ServerFindings {

    /** The oldest release that Kept works with. */
    public static final int OLDEST = 15;

    static final int NEWEST = 18;

    /** A run has one connection, and a second one for a moment when it begins. */
    private static final int LEAST_CONNECTIONS = 2;

    /** Cut-offs are computed on this machine and compared with what the server's clients have written. */
    private static final Duration MOST_DRIFT = Duration.ofSeconds(30);

    /** A password that ends sooner is worth a word. */
    private static final Duration SOON = Duration.ofDays(30);

    /** How long a look at a large table may take; a session that is ended sooner does not finish it. Milliseconds. */
    private static final long LONG_TRANSACTION = 600_000;

    /** Longest pause of a run between two transactions, with room. Milliseconds. */
    private static final long LONG_PAUSE = 60_000;

    private final ServerFacts facts;
    private final Instant now;
    private final String role;
    private final List<Finding> findings = new ArrayList<>();

    private ServerFindings(ServerFacts facts, Instant now) {
        this.facts = facts;
        this.now = now;
        this.role = NeededGrant.quoted(facts.role().name());
    }

    /** @param now this machine's clock when the facts were asked for */
    public static List<Finding> of(ServerFacts facts, Instant now) {
        ServerFindings server = new ServerFindings(facts, now);
        server.version();
        server.primary();
        server.role();
        server.way();
        server.clock();
        server.limits();
        server.durability();
        server.synchronous();
        server.findings.addAll(LogFindings.of(facts));
        server.extensions();
        return server.findings;
    }

    private void version() {
        int major = facts.server().major();
        if (major < OLDEST) {
            findings.add(Finding.problem(
                            "server-too-old",
                            "",
                            "the server is PostgreSQL " + facts.server().version(),
                            "Kept needs PostgreSQL " + OLDEST
                                    + " or newer: `pg_current_xact_id` and what catalogues say changed before it")
                    .advising("upgrade it"));
        } else if (major > NEWEST) {
            findings.add(Finding.note(
                    "server-newer",
                    "",
                    "the server is PostgreSQL " + facts.server().version(),
                    "Kept is tested up to PostgreSQL " + NEWEST));
        }
        if (!facts.server().encoding().equals("UTF8")) {
            findings.add(Finding.risk(
                            "encoding",
                            "server_encoding",
                            "the database's encoding is `" + facts.server().encoding() + "`",
                            "names and addresses that it cannot hold match nobody")
                    .advising("move it to a database with ENCODING 'UTF8'"));
        }
    }

    private void primary() {
        if (facts.server().standby()) {
            findings.add(Finding.problem(
                            "standby",
                            "",
                            "the server is a standby",
                            "nothing can be forgotten where nothing can be written")
                    .advising("connect to the primary; `kept prove` may look at a standby"));
        }
        if (facts.is("default_transaction_read_only", "on") && !facts.server().standby()) {
            findings.add(Finding.problem(
                    "read-only",
                    "default_transaction_read_only",
                    "sessions of `" + facts.role().name() + "` are read-only by default",
                    "runs refuse such sessions",
                    reset("default_transaction_read_only")));
        }
        if (facts.is("session_replication_role", "replica")) {
            findings.add(Finding.problem(
                    "replication-role",
                    "session_replication_role",
                    "`session_replication_role` is `replica` in sessions of `"
                            + facts.role().name() + "`",
                    "foreign keys are not checked and triggers do not fire: what Kept deletes would leave rows that refer to nothing",
                    reset("session_replication_role")));
        }
    }

    private void role() {
        ServerFacts.Role of = facts.role();
        if (of.superuser()) {
            findings.add(Finding.note(
                            "superuser",
                            of.name(),
                            "the role `" + of.name() + "` is a superuser",
                            "whoever has its password has the whole server; Kept needs far less")
                    .advising("make a role of its own: docs/postgres.md"));
        }
        if (!of.seesOthers()) {
            findings.add(Finding.note(
                    "others-unseen",
                    of.name(),
                    "the role `" + of.name() + "` may not see whether others are at work",
                    "a sweep takes everybody who is connected to be at work, and goes in short batches with long pauses: right, but slow",
                    "GRANT pg_read_all_stats TO " + role));
        }
        if (!of.denied().isEmpty()) {
            findings.add(Finding.problem(
                    "function-denied",
                    "",
                    "the role `" + of.name() + "` may not call `" + String.join("`, `", of.denied()) + "`",
                    "Kept tells by them which system this is, and what became of its transactions after a crash",
                    of.denied().stream()
                            .map(function -> "GRANT EXECUTE ON FUNCTION pg_catalog." + function + " TO " + role)
                            .toArray(String[]::new)));
        }
        if (of.connectionLimit() >= 0 && of.connectionLimit() < LEAST_CONNECTIONS) {
            findings.add(Finding.problem(
                    "connection-limit",
                    of.name(),
                    "the role `" + of.name() + "` may have " + of.connectionLimit() + " connection"
                            + (of.connectionLimit() == 1 ? "" : "s"),
                    "a run needs a second one for a moment when it begins",
                    "ALTER ROLE " + role + " CONNECTION LIMIT " + 2 * LEAST_CONNECTIONS));
        }
        of.validUntil()
                .filter(until -> until.isBefore(now.plus(SOON)))
                .ifPresent(until -> findings.add(Finding.risk(
                                "password-ends",
                                of.name(),
                                "the password of `" + of.name() + "` stops working at " + until,
                                "from then on no sweep runs, and nobody's request is carried out",
                                "ALTER ROLE " + role + " VALID UNTIL '"
                                        + now.plus(SOON.multipliedBy(12))
                                                .toString()
                                                .substring(0, 10) + "'")
                        .advising("after the password was changed")));
    }

    private void way() {
        if (!facts.link().remote()) {
            return;
        }
        if (facts.link().protocol().isEmpty()) {
            findings.add(Finding.risk(
                            "unencrypted",
                            "",
                            "the connection leads to another machine and is not encrypted",
                            "what is read about persons, and the names they are found by, can be read on the way")
                    .advising("`?sslmode=verify-full&sslrootcert=FILE` in the URL; `ssl = on` at the server"));
        } else if (!facts.link().verified()) {
            findings.add(Finding.risk(
                            "unverified",
                            "",
                            "the server's certificate is not checked",
                            "whoever stands between can be the server, too, and is given the role's password or rows")
                    .advising("`?sslmode=verify-full&sslrootcert=FILE` in the URL"));
        }
    }

    private void clock() {
        Duration drift = Duration.between(now, facts.server().time());
        if (drift.abs().compareTo(MOST_DRIFT) > 0) {
            findings.add(Finding.risk(
                            "clock",
                            "",
                            "the server's clock is " + drift.abs().toSeconds() + " seconds "
                                    + (drift.isNegative() ? "behind" : "ahead of") + " this machine's",
                            "what has ended is decided by this machine's clock, and dated by others'")
                    .advising("let both follow the same time servers"));
        }
    }

    private void limits() {
        limit(
                "transaction_timeout",
                LONG_TRANSACTION,
                "a look at the end is one transaction, and the server would end its session");
        limit(
                "idle_session_timeout",
                LONG_PAUSE,
                "a run pauses between its batches, and the server would end its session");
        if (facts.server().preparedTransactions() > 0) {
            findings.add(Finding.risk(
                            "prepared-transactions",
                            "",
                            facts.server().preparedTransactions() == 1
                                    ? "a prepared transaction waits for its second phase"
                                    : facts.server().preparedTransactions()
                                            + " prepared transactions wait for their second phase",
                            "rows they locked cannot be forgotten, and vacuum keeps every row that was deleted since",
                            "SELECT gid, prepared, owner FROM pg_prepared_xacts")
                    .advising("then COMMIT PREPARED or ROLLBACK PREPARED each"));
        }
    }

    private void limit(String name, long least, String why) {
        long limit = facts.number(name, 0);
        if (limit > 0 && limit < least) {
            findings.add(Finding.risk(
                    "session-limit",
                    name,
                    "`" + name + "` is " + limit / 1000.0 + " s in sessions of `"
                            + facts.role().name() + "`",
                    why,
                    "ALTER ROLE " + role + " SET " + name + " = 0"));
        }
    }

    private void durability() {
        if (facts.is("fsync", "off") || facts.is("full_page_writes", "off")) {
            String name = facts.is("fsync", "off") ? "fsync" : "full_page_writes";
            findings.add(Finding.risk(
                    "not-durable",
                    name,
                    "`" + name + "` is off",
                    "after a crash the database may be broken, or have back what was reported gone",
                    "ALTER SYSTEM SET " + name + " = on",
                    "SELECT pg_reload_conf()"));
        }
        if (facts.is("synchronous_commit", "off", "local")) {
            findings.add(
                    Finding.note(
                            "synchronous-commit",
                            "synchronous_commit",
                            "`synchronous_commit` is `"
                                    + facts.setting("synchronous_commit").orElse("") + "` here",
                            "Kept switches it on for its own sessions, so that what is reported gone is on disk; others' last changes may be lost in a crash"));
        }
    }

    /** A COMMIT that waits for a standby which is not there waits without end; Kept's do, whatever the role's own default is. */
    private void synchronous() {
        if (facts.setting("synchronous_standby_names")
                .filter(names -> !names.isBlank())
                .isEmpty()) {
            return;
        }
        List<Replica> replicas = facts.copies().replicas();
        boolean seen = replicas.stream().allMatch(replica -> replica.state().isPresent());
        boolean answers = replicas.stream()
                .map(Replica::synchrony)
                .flatMap(Optional::stream)
                .anyMatch(state -> state.equals("sync") || state.equals("quorum"));
        if (seen && !answers) {
            findings.add(Finding.problem(
                            "synchronous-standby",
                            "synchronous_standby_names",
                            "`synchronous_standby_names` names standbys, and none of them streams",
                            "every COMMIT waits for one without end, Kept's too",
                            "ALTER SYSTEM SET synchronous_standby_names = ''",
                            "SELECT pg_reload_conf()")
                    .advising("or start the standby"));
        }
    }

    private void extensions() {
        facts.extensions().keySet().stream()
                .sorted()
                .forEach(name -> Extensions.of(name)
                        .ifPresent(why -> findings.add(
                                Finding.note("extension", name, "the extension `" + name + "` is there", why))));
    }

    private String reset(String setting) {
        return "ALTER ROLE " + role + " IN DATABASE "
                + NeededGrant.quoted(facts.server().database()) + " SET " + setting
                + (setting.equals("session_replication_role") ? " = origin" : " = off");
    }
}
