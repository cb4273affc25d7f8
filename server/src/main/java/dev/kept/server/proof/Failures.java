package dev.kept.server.proof;

import dev.kept.core.datamap.TableName;
import dev.kept.core.proof.Spot;
import dev.kept.core.proof.Unclear;
import dev.kept.core.proof.Unclear.Reason;
import dev.kept.server.failure.CannotRun;
import dev.kept.stores.postgres.session.StoreException;
import java.util.Optional;

/** What could not be looked at, as the reason why a promise is not shown: never as nothing found. */
final class Failures {

    private Failures() {}

    static Unclear of(String store, Reason reason, CannotRun error) {
        return new Unclear(reason, Optional.of(Spot.of(store)), 0, named(store) + error.problem(), error.advice());
    }

    static Unclear of(String store, StoreException error) {
        return of(Spot.of(store), named(store), error);
    }

    static Unclear of(String store, TableName table, StoreException error) {
        return of(Spot.of(store, table), "`" + table + "` of `" + store + "` was not looked at: ", error);
    }

    private static Unclear of(Spot spot, String before, StoreException error) {
        Reason reason = switch (error.kind()) {
            case LOST -> Reason.STORE_SILENT;
            case TIME_LIMIT -> Reason.LIMIT_REACHED;
            case PRIVILEGE, CONFLICT, CONSTRAINT, BUSY, UNFIT, NO_PROGRESS, OTHER -> Reason.STORE_REFUSED;
        };
        String remedy = error.attempt().isEmpty() ? "kept check --live" : error.attempt();
        return new Unclear(reason, Optional.of(spot), 0, before + error.getMessage(), remedy);
    }

    private static String named(String store) {
        return "`" + store + "` was not looked at: ";
    }
}
