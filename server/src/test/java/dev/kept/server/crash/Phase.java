package dev.kept.server.crash;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a call to one of the two databases is for, told from its statements. What became of a batch is noted together with the next one, or with
 * the end, which is then the call's phase.
 */
enum Phase {
    STATE_MIGRATED("state", "flyway_schema_history"),
    SCHEMA_READ("store", "pg_(attribute|class|constraint|index|trigger|namespace)\\b"),
    SESSION_SET_UP("store", "set_config\\('application_name'|pg_is_in_recovery|kept\\.session"),
    SESSION_IDENTIFIED("store", "pg_control_system"),
    STORE_LOCKED("store", "pg_try_advisory_lock"),
    SESSIONS_LEFT("state", "select backend_name"),
    BROKEN_RUNS_SOUGHT("state", "select .* from kept\\.run where store = .* and ended_at is null"),
    TAKEN_OVER("state", "lease_token = lease_token \\+ 1"),
    PENDING_RESOLVED("store", "pg_xact_status"),
    FACTS_READ("state", "from kept\\.(person_fact|hold) where"),
    PERSON_FOUND("store", "select \"id\"::text from .* limit 100"),
    APPROVED("state", "insert into kept\\.approval"),
    HELD("state", "insert into kept\\.hold"),
    RUN_NOTED("state", "insert into kept\\.run "),
    SESSION_NOTED("state", "update kept\\.run set lease_until = .* store_identity"),
    SIZE_ASKED("store", "pg_relation_size"),
    NUMBERED("store", "pg_current_xact_id\\("),
    ROWS_CHANGED("store", "\\b(delete from|update)\\b"),
    ROWS_LOCKED("store", "for (no key )?update"),
    DONE_NOTED("state", "update kept\\.run set state = .* run_key = null|insert into kept\\.journal"),
    APPLIED_NOTED("state", "update kept\\.run_step set state"),
    PENDING_NOTED("state", "insert into kept\\.run_step"),
    LOOK("store", "count\\(\\*\\)"),
    STORE_COMMIT("store", "^commit$"),
    STATE_COMMIT("state", "^commit$"),
    ROLLBACK("store", "^rollback$");

    private final String database;
    private final Pattern statement;

    Phase(String database, String statement) {
        this.database = database;
        this.statement = Pattern.compile(statement, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /** The phase of a call; empty where it belongs to the connection itself. */
    static Optional<Phase> of(Call call) {
        return Arrays.stream(values())
                .filter(phase -> phase.database.equals(call.database())
                        && phase.statement.matcher(call.text()).find())
                .findFirst();
    }
}
