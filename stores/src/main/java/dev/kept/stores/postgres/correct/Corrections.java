package dev.kept.stores.postgres.correct;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.rights.CorrectionPlan;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.sql.SqlTables;

/**
 * A correction of one person in one transaction of the store: first {@link #find} locks and looks, then {@link #write} changes. Between the
 * two nothing is written, and nobody else can change what was decided on.
 */
public final class Corrections {

    private final CorrectionPlan plan;
    private final CorrectionSql sql;
    private final RowChanges changes = new RowChanges();

    public Corrections(Catalogue catalogue, CorrectionPlan plan) {
        this.plan = plan;
        this.sql = new CorrectionSql(new SqlTables(catalogue));
    }

    /**
     * Locks the rows, decides with them in hand, and says what would change and what stands against it. The transaction stays open.
     *
     * @param everywhere whether all other columns of the person that hold an old value are to change, too, where that is allowed
     * @throws dev.kept.stores.postgres.session.StoreException where a lock is not to be had, or the store refuses
     */
    public Found find(StoreConnection connection, boolean everywhere) {
        return new CorrectionLook(connection, sql, plan, changes, everywhere).find();
    }

    /**
     * Changes what was found, in one statement, and looks whether it stands as it was to. The transaction stays open.
     *
     * @throws dev.kept.stores.postgres.session.StoreException {@code CONSTRAINT} where the store refuses, {@code NO_PROGRESS} where other rows
     *     or values came of it than announced
     */
    public void write(StoreConnection connection) {
        new CorrectionWrite(sql).write(connection, changes);
    }
}
