package dev.kept.stores.postgres.session;

import java.util.Optional;

/** Looks whether a run could keep a session here, without taking the store's lock and without changing anything. */
public final class SessionProbe {

    private SessionProbe() {}

    /**
     * Why a run would refuse the connection for a pooler that changes sessions between transactions. What else it refuses shows in the
     * server's settings.
     *
     * @throws StoreException where the database cannot be asked
     */
    public static Optional<StoreException> pooled(StoreConnector connector) {
        try (StoreConnection connection = connector.open()) {
            SessionChecks.refuseTransactionPool(connector, connection);
            return Optional.empty();
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.UNFIT) {
                return Optional.of(e);
            }
            throw e;
        }
    }
}
