package dev.kept.server.doctor;

import dev.kept.core.doctor.Finding;
import dev.kept.core.doctor.Finding.Level;
import dev.kept.core.doctor.ServerFacts;
import dev.kept.core.live.NeededGrant;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Whether the role can make and migrate schema {@code kept}, in which Kept's own state lies. */
final class OwnSchema {

    private OwnSchema() {}

    static Optional<Finding> look(DataSource source, ServerFacts facts) throws SQLException {
        String role = NeededGrant.quoted(facts.role().name());
        String database = NeededGrant.quoted(facts.server().database());
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) > 0, coalesce(bool_or(pg_has_role(nspowner, 'USAGE')), false)"
                                + " FROM pg_catalog.pg_namespace WHERE nspname = 'kept'")) {
            row.next();
            boolean there = row.getBoolean(1);
            if (there && !row.getBoolean(2)) {
                return Optional.of(problem(
                        "the role `" + facts.role().name() + "` does not own schema `kept`",
                        "ALTER SCHEMA kept OWNER TO " + role));
            }
            if (!there && !facts.role().creates()) {
                return Optional.of(problem(
                        "the role `" + facts.role().name() + "` may not create schema `kept`",
                        "GRANT CREATE ON DATABASE " + database + " TO " + role));
            }
            return Optional.empty();
        }
    }

    private static Finding problem(String what, String fix) {
        return new Finding(
                Level.PROBLEM,
                "own-schema",
                "kept",
                what,
                "Kept makes its own tables there, and changes them when a new version needs it",
                List.of(fix),
                "");
    }
}
