package dev.kept.server.proof;

import dev.kept.core.proof.Check;
import dev.kept.core.proof.retention.FigureChecks;
import dev.kept.core.proof.retention.FigureChecks.Found;
import dev.kept.core.proof.retention.FigureChecks.Held;
import dev.kept.server.run.LiveStore;
import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.Snapshot;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.sql.Sql;
import dev.kept.stores.postgres.sql.SqlTables;
import java.util.List;
import java.util.stream.Collectors;

/** Looks at the figures that ended rows left: of how many persons each says that it is. */
final class FigureProof {

    private final LiveStore store;
    private final List<Check> checks;

    FigureProof(LiveStore store, List<Check> checks) {
        this.store = store;
        this.checks = checks;
    }

    boolean any() {
        return !FigureChecks.held(store.bound()).isEmpty();
    }

    void look(Snapshot snapshot) {
        for (Held held : FigureChecks.held(store.bound())) {
            if (held.persons().isEmpty()) {
                checks.add(FigureChecks.notShown(held, FigureChecks.uncounted(store.name(), held)));
                continue;
            }
            try {
                Answer answer = snapshot.ask(question(held));
                checks.add(FigureChecks.of(store.name(), held, new Found(answer.number(0), answer.number(1))));
            } catch (StoreException e) {
                if (e.kind() == StoreException.Kind.LOST) {
                    throw e;
                }
                checks.add(FigureChecks.notShown(held, Failures.of(store.name(), held.table(), e)));
            }
        }
    }

    private static Sql question(Held held) {
        String enough = held.persons().stream()
                .map(column -> Sql.quoted(column) + " >= " + held.atLeast())
                .collect(Collectors.joining(" AND "));
        return Sql.of("SELECT count(*), count(*) FILTER (WHERE (" + enough + ") IS NOT TRUE) FROM "
                + SqlTables.name(held.table()));
    }
}
