package dev.kept.core.doctor;

import dev.kept.core.live.NeededGrant;
import java.util.ArrayList;
import java.util.List;

/** What takes persons' names and keys into the server's log: Kept passes them as parameters of statements. */
final class LogFindings {

    private LogFindings() {}

    static List<Finding> of(ServerFacts facts) {
        List<Finding> findings = new ArrayList<>();
        String role = NeededGrant.quoted(facts.role().name());
        server(facts, role, findings);
        modules(facts, role, findings);
        return findings;
    }

    private static void server(ServerFacts facts, String role, List<Finding> findings) {
        boolean statements = facts.is("log_statement", "mod", "all");
        boolean slow = facts.number("log_min_duration_statement", -1) >= 0
                || facts.number("log_min_duration_sample", -1) >= 0
                || facts.setting("log_transaction_sample_rate")
                        .filter(rate -> !rate.matches("0(\\.0*)?"))
                        .isPresent();
        if ((statements || slow) && facts.number("log_parameter_max_length", -1) != 0) {
            findings.add(Finding.risk(
                            "log-keeps-values",
                            "log_parameter_max_length",
                            "the server's log takes in " + (statements ? "statements" : "slow statements")
                                    + " with their parameters",
                            "the names and keys of persons who were erased stay in the log",
                            "ALTER ROLE " + role + " SET log_parameter_max_length = 0")
                    .advising("as a superuser"));
        }
        if (facts.number("log_parameter_max_length_on_error", 0) != 0) {
            findings.add(Finding.risk(
                            "log-keeps-values",
                            "log_parameter_max_length_on_error",
                            "the server's log takes in the parameters of statements that fail",
                            "the names and keys of persons who were erased stay in the log",
                            "ALTER ROLE " + role + " SET log_parameter_max_length_on_error = 0")
                    .advising("as a superuser"));
        }
    }

    /** Modules that the server loads; where they are not loaded they have no settings. */
    private static void modules(ServerFacts facts, String role, List<Finding> findings) {
        if (facts.is("pgaudit.log_parameter", "on")) {
            findings.add(Finding.risk(
                            "log-keeps-values",
                            "pgaudit.log_parameter",
                            "pgaudit takes the parameters of statements into the log",
                            "the names and keys of persons who were erased stay in the log",
                            "ALTER ROLE " + role + " SET pgaudit.log_parameter = off")
                    .advising("as a superuser"));
        }
        if (facts.number("auto_explain.log_min_duration", -1) >= 0) {
            boolean parameters = facts.number("auto_explain.log_parameter_max_length", 0) != 0;
            findings.add(Finding.risk(
                            "log-keeps-values",
                            "auto_explain.log_min_duration",
                            "auto_explain writes plans of slow statements into the server's log"
                                    + (parameters ? ", with their parameters" : ""),
                            "a plan made for one statement has its values in its conditions: the names and keys of persons who were erased stay in the log",
                            "ALTER ROLE " + role + " SET auto_explain.log_min_duration = -1")
                    .advising("as a superuser"));
        }
    }
}
