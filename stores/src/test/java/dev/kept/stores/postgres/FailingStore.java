package dev.kept.stores.postgres;

import dev.kept.stores.postgres.session.Answer;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.session.StoreConnector;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreException.Kind;
import dev.kept.stores.postgres.sql.Sql;
import java.util.List;
import java.util.function.Supplier;

/** A store that fails at one of the calls made to it. */
final class FailingStore implements StoreConnector {

    /** How the call fails. */
    enum Failure {
        /** The connection is lost before anything happens. */
        LOST_BEFORE,
        /** It happens, and then the connection is lost. */
        LOST_AFTER,
        /** Another transaction is in the way. */
        CONFLICT,
        /** It happens, and then another transaction turns out to have been in the way: nothing of the transaction stays. */
        CONFLICT_AFTER,
        /** Whatever else may go wrong. */
        ERROR
    }

    private final StoreConnector store;
    private final int failAt;
    private final Failure failure;
    private int calls;

    FailingStore(StoreConnector store, int failAt, Failure failure) {
        this.store = store;
        this.failAt = failAt;
        this.failure = failure;
    }

    boolean failed() {
        return calls >= failAt;
    }

    @Override
    public StoreConnection open() {
        return new Connection(store.open());
    }

    private final class Connection implements StoreConnection {

        private final StoreConnection connection;
        private boolean lost;

        Connection(StoreConnection connection) {
            this.connection = connection;
        }

        private <T> T call(Supplier<T> work, boolean commit) {
            if (lost) {
                throw lost();
            }
            if (++calls != failAt) {
                return work.get();
            }
            switch (failure) {
                case LOST_BEFORE -> {
                    cut();
                    throw lost();
                }
                case LOST_AFTER -> {
                    work.get();
                    cut();
                    throw lost();
                }
                case CONFLICT -> {
                    if (commit) {
                        connection.rollback();
                    }
                    throw new StoreException(Kind.CONFLICT, "in the way", "");
                }
                case CONFLICT_AFTER -> {
                    if (commit) {
                        connection.rollback();
                    } else {
                        work.get();
                    }
                    throw new StoreException(Kind.CONFLICT, "in the way", "");
                }
                case ERROR -> {
                    if (commit) {
                        connection.rollback();
                    }
                    throw new StoreException(Kind.OTHER, "some error", "");
                }
            }
            throw new IllegalStateException();
        }

        private void cut() {
            lost = true;
            connection.close();
        }

        private static StoreException lost() {
            return new StoreException(Kind.LOST, "the connection to the store was lost", "");
        }

        @Override
        public List<Answer> run(List<Sql> statements) {
            return call(() -> connection.run(statements), false);
        }

        @Override
        public void alone(Sql statement) {
            call(
                    () -> {
                        connection.alone(statement);
                        return true;
                    },
                    false);
        }

        @Override
        public void commit() {
            call(
                    () -> {
                        connection.commit();
                        return true;
                    },
                    true);
        }

        @Override
        public void rollback() {
            if (lost) {
                throw lost();
            }
            connection.rollback();
        }

        @Override
        public void close() {
            if (!lost) {
                connection.close();
            }
        }
    }
}
