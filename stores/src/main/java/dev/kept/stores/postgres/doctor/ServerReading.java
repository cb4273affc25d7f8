package dev.kept.stores.postgres.doctor;

import dev.kept.core.datamap.TableName;
import dev.kept.core.doctor.ServerFacts;
import dev.kept.core.doctor.ServerFacts.Copies;
import dev.kept.core.doctor.ServerFacts.Link;
import dev.kept.core.doctor.ServerFacts.Publication;
import dev.kept.core.doctor.ServerFacts.Replica;
import dev.kept.core.doctor.ServerFacts.Role;
import dev.kept.core.doctor.ServerFacts.Server;
import dev.kept.core.doctor.ServerFacts.Slot;
import dev.kept.core.doctor.ServerFacts.TableState;
import dev.kept.core.doctor.ServerFindings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Asks a PostgreSQL server (15 to 18) what it is, and an older one (from 9.6) no more than that: read-only, limited in time, and with questions that every role may ask. What only some roles
 * may see is left out where this one may not.
 */
public final class ServerReading {

    private static final Duration QUESTION = Duration.ofSeconds(30);
    private static final Duration LOCK = Duration.ofSeconds(5);

    /** What Kept calls beyond what every statement does; each can be taken from PUBLIC. */
    private static final List<String> FUNCTIONS = List.of(
            "pg_control_system()",
            "pg_walfile_name(pg_lsn)",
            "pg_current_wal_insert_lsn()",
            "pg_logical_emit_message(boolean, text, text, boolean)",
            "pg_current_xact_id()",
            "pg_xact_status(xid8)");

    /** Before PostgreSQL 17 it had no fourth parameter. */
    private static final int WITH_FLUSH = 170_000;

    private final Connection connection;

    private ServerReading(Connection connection) {
        this.connection = connection;
    }

    /** @param verified whether the connection checks the server's certificate against its name */
    public static ServerFacts read(Connection connection, boolean verified) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            // the settings are asked for as the session has them, before any is changed
            Map<String, String> settings = new ServerReading(connection).settings();
            statement.execute("SET TRANSACTION READ ONLY");
            statement.execute("SET LOCAL search_path = ''");
            statement.execute("SET LOCAL statement_timeout = " + QUESTION.toMillis());
            statement.execute("SET LOCAL lock_timeout = " + LOCK.toMillis());
            return new ServerReading(connection).facts(settings, verified);
        } finally {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        }
    }

    private ServerFacts facts(Map<String, String> settings, boolean verified) throws SQLException {
        int version = Integer.parseInt(settings.getOrDefault("server_version_num", "0"));
        boolean tooOld = version < ServerFindings.OLDEST * 10_000;
        List<String> functions = tooOld ? List.of() : functions(version);
        List<String> denied = denied(functions, "");
        return new ServerFacts(
                server(!tooOld && !denied.contains(FUNCTIONS.getFirst()), denied(functions, "'public', ")),
                role(denied),
                link(verified),
                settings,
                named("SELECT extname::text, extversion FROM pg_extension"),
                tooOld
                        ? new Copies(List.of(), List.of(), List.of(), List.of())
                        : new Copies(slots(), replicas(), publications(), subscriptions()),
                tooOld ? List.of() : tables());
    }

    /** Those that superusers alone may see are not among them, where the role is none. */
    private Map<String, String> settings() throws SQLException {
        return named("SELECT name, setting FROM pg_catalog.pg_settings");
    }

    private Server server(boolean identified, List<String> closed) throws SQLException {
        String identifier = identified ? "(SELECT system_identifier::text FROM pg_control_system())" : "NULL";
        return one(
                "SELECT current_setting('server_version_num')::int, current_setting('server_version'),"
                        + " current_database()::text, " + identifier
                        + ", pg_encoding_to_char(d.encoding)::text, pg_is_in_recovery(),"
                        + " extract(epoch FROM clock_timestamp())::numeric, " + foldsCase()
                        + ", (SELECT count(*) FROM pg_prepared_xacts p WHERE p.database = d.datname)"
                        + " FROM pg_database d WHERE d.datname = current_database()",
                row -> new Server(
                        row.getInt(1),
                        row.getString(2).replaceFirst(" .*", ""),
                        row.getString(3),
                        Optional.ofNullable(row.getString(4)),
                        row.getString(5),
                        row.getBoolean(6),
                        Instant.ofEpochMilli(
                                row.getBigDecimal(7).movePointRight(3).longValue()),
                        row.getBoolean(8),
                        row.getLong(9),
                        closed));
    }

    /** By number, where Ä has the same one; of other encodings it is said that they are not UTF8, and nothing is guessed. */
    private static String foldsCase() {
        return "CASE WHEN pg_encoding_to_char(d.encoding) ~ '^(UTF8|LATIN[0-9]+|WIN125[02478])$'"
                + " THEN lower(chr(196)) = chr(228) ELSE true END";
    }

    private static List<String> functions(int version) {
        return FUNCTIONS.stream()
                .map(function -> version < WITH_FLUSH ? function.replace(", text, boolean)", ", text)") : function)
                .toList();
    }

    /** @param whom SQL of the role that is asked about and a comma; empty: the connected one */
    private List<String> denied(List<String> functions, String whom) throws SQLException {
        List<String> denied = new ArrayList<>();
        for (String function : functions) {
            if (!one(
                    "SELECT has_function_privilege(" + whom + "'pg_catalog." + function + "', 'EXECUTE')",
                    row -> row.getBoolean(1))) {
                denied.add(function);
            }
        }
        return denied;
    }

    private Role role(List<String> denied) throws SQLException {
        return one(
                """
                SELECT r.rolname::text, r.rolsuper, r.rolbypassrls, r.rolconnlimit,
                    CASE WHEN isfinite(r.rolvaliduntil) THEN extract(epoch FROM r.rolvaliduntil)::bigint END,
                    has_database_privilege(current_database(), 'CREATE'), pg_has_role('pg_read_all_stats', 'USAGE')
                FROM pg_roles r WHERE r.rolname = current_user""",
                row -> new Role(
                        row.getString(1),
                        row.getBoolean(2),
                        row.getBoolean(3),
                        row.getInt(4),
                        Optional.ofNullable(row.getObject(5, Long.class)).map(Instant::ofEpochSecond),
                        denied,
                        row.getBoolean(6),
                        row.getBoolean(7)));
    }

    private Link link(boolean verified) throws SQLException {
        return one("""
                SELECT inet_server_addr() IS NOT NULL AND inet_server_addr() <> inet_client_addr()
                        AND NOT inet_server_addr() <<= '127.0.0.0/8' AND inet_server_addr() <> '::1',
                    (SELECT s.version FROM pg_stat_ssl s WHERE s.pid = pg_backend_pid() AND s.ssl)""", row -> new Link(row.getBoolean(1), Optional.ofNullable(row.getString(2)), verified));
    }

    private List<Slot> slots() throws SQLException {
        return all(
                """
                SELECT slot_name::text, slot_type, active,
                    CASE WHEN NOT pg_is_in_recovery() THEN pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint END
                FROM pg_replication_slots
                WHERE NOT temporary ORDER BY slot_name""",
                row -> new Slot(
                        row.getString(1),
                        row.getString(2),
                        row.getBoolean(3),
                        Optional.ofNullable(row.getObject(4, Long.class))
                                .map(OptionalLong::of)
                                .orElse(OptionalLong.empty())));
    }

    private List<Replica> replicas() throws SQLException {
        return all(
                "SELECT nullif(application_name, ''), state, sync_state FROM pg_stat_replication ORDER BY 1",
                row -> new Replica(
                        Optional.ofNullable(row.getString(1)),
                        Optional.ofNullable(row.getString(2)),
                        Optional.ofNullable(row.getString(3))));
    }

    private List<Publication> publications() throws SQLException {
        return all("""
                SELECT pubname::text, concat_ws(',', CASE WHEN pubinsert THEN 'insert' END, CASE WHEN pubupdate THEN 'update' END,
                    CASE WHEN pubdelete THEN 'delete' END, CASE WHEN pubtruncate THEN 'truncate' END)
                FROM pg_publication ORDER BY pubname""", row -> {
            String passes = row.getString(2);
            return new Publication(row.getString(1), passes.isEmpty() ? List.of() : List.of(passes.split(",")));
        });
    }

    private List<String> subscriptions() throws SQLException {
        return all("""
                SELECT subname::text FROM pg_subscription
                WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY subname""", row -> row.getString(1));
    }

    /** Tables, partitions by themselves, that are not as tables usually are. */
    private List<TableState> tables() throws SQLException {
        return all(
                """
                SELECT nspname, relname, unidentified, vacuum_off, relrowsecurity, exempt FROM (
                    SELECT n.nspname::text, c.relname::text,
                        (c.relreplident = 'n' OR c.relreplident = 'd' AND NOT EXISTS (
                            SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary))
                        AND EXISTS (
                            SELECT FROM pg_publication_tables t JOIN pg_publication p ON p.pubname = t.pubname
                            WHERE t.schemaname = n.nspname AND t.tablename = c.relname AND (p.pubupdate OR p.pubdelete)) AS unidentified,
                        EXISTS (
                            SELECT FROM unnest(c.reloptions) o
                            WHERE o ~* '^autovacuum_enabled=(f|fa|fal|fals|false|off|of|no|n|0)$') AS vacuum_off,
                        c.relrowsecurity,
                        CASE WHEN c.relrowsecurity AND NOT c.relforcerowsecurity THEN pg_get_userbyid(c.relowner)::text END AS exempt
                    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema') AS t
                WHERE unidentified OR vacuum_off OR relrowsecurity ORDER BY nspname, relname""",
                row -> new TableState(
                        new TableName(row.getString(1), row.getString(2)),
                        row.getBoolean(3),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        Optional.ofNullable(row.getString(6))));
    }

    private Map<String, String> named(String sql) throws SQLException {
        Map<String, String> named = new LinkedHashMap<>();
        for (List<@Nullable String> pair : all(sql, row -> Arrays.asList(row.getString(1), row.getString(2)))) {
            String name = pair.getFirst();
            String value = pair.getLast();
            if (name != null && value != null) {
                named.put(name, value);
            }
        }
        return named;
    }

    private interface Read<T> {
        T row(ResultSet row) throws SQLException;
    }

    private <T> T one(String sql, Read<T> read) throws SQLException {
        return all(sql, read).getFirst();
    }

    private <T> List<T> all(String sql, Read<T> read) throws SQLException {
        List<T> all = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                all.add(read.row(rows));
            }
        }
        return all;
    }
}
