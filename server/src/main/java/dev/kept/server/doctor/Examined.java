package dev.kept.server.doctor;

import dev.kept.core.doctor.Finding;
import dev.kept.core.doctor.ServerFacts;
import dev.kept.core.doctor.TableGrants;
import dev.kept.server.failure.CannotRun;
import java.util.List;
import java.util.Optional;

/**
 * One database that was looked at.
 *
 * @param name the store's; {@code kept} for Kept's own
 * @param own whether it is Kept's own
 * @param facts empty where it could not be looked at
 * @param grants what the role needs on each table; empty where the map does not fit
 * @param refused why it could not be looked at
 */
public record Examined(
        String name,
        boolean own,
        Optional<ServerFacts> facts,
        List<TableGrants> grants,
        List<Finding> findings,
        Optional<CannotRun> refused) {

    public Examined {
        grants = List.copyOf(grants);
        findings = List.copyOf(findings);
    }

    /** Whether something has to be mended. */
    public boolean ill() {
        return findings.stream().anyMatch(Finding::counts);
    }
}
