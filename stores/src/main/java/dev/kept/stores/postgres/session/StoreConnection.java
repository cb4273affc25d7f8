package dev.kept.stores.postgres.session;

import dev.kept.stores.postgres.sql.Sql;
import java.util.List;

/**
 * A connection to a store. Statements open a transaction where none is open.
 *
 * <p>All that leaves Kept towards a store goes through these five methods, so that a test can fail each of them before, after and with
 * unknown outcome.
 */
public interface StoreConnection extends AutoCloseable {

    /** Runs statements in order, in one round trip; the first that fails ends the transaction. */
    List<Answer> run(List<Sql> statements);

    void commit();

    void rollback();

    @Override
    void close();

    /** Runs a statement that PostgreSQL takes in no transaction; none may be open. What became of it where it fails has to be looked up. */
    void alone(Sql statement);

    default Answer run(Sql statement) {
        return run(List.of(statement)).getFirst();
    }
}
