package dev.kept.server.run;

import dev.kept.server.run.PersonNames.Named;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.sql.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Where a person is held, looked up without taking any store's lock. */
public final class PersonSearch {

    private PersonSearch() {}

    /**
     * The person as each store knows her, by the store's name; stores that do not know her are left out.
     *
     * @throws dev.kept.server.failure.CannotRun where a name is known to no store, or fits several persons of a kind
     * @throws dev.kept.stores.postgres.session.StoreException where a store does not answer
     */
    public static Map<String, Found> everywhere(List<LiveStore> stores, Named person) {
        return search(stores, opened -> Finding.everywhere(opened, person));
    }

    /**
     * The same by what she is named by alone, see {@link Finding#named}.
     *
     * @throws dev.kept.server.failure.CannotRun where that fits several persons of a kind
     * @throws dev.kept.stores.postgres.session.StoreException where a store does not answer
     */
    public static Map<String, Found> named(List<LiveStore> stores, Named person) {
        return search(stores, opened -> Finding.named(opened, person));
    }

    private static Map<String, Found> search(
            List<LiveStore> stores, Function<List<Finding.Opened>, List<Found>> searching) {
        List<Finding.Opened> opened = new ArrayList<>();
        try {
            for (LiveStore store : stores) {
                StoreConnection connection = store.connector().open();
                opened.add(new Finding.Opened(store, connection));
                // A row that a policy hides would be a person who is said not to be held.
                connection.run(Sql.of("SELECT set_config('row_security', 'off', false)"));
                connection.commit();
            }
            List<Found> found = searching.apply(opened);
            Map<String, Found> known = new LinkedHashMap<>();
            for (int i = 0; i < stores.size(); i++) {
                if (!found.get(i).nobody()) {
                    known.put(stores.get(i).name(), found.get(i));
                }
            }
            return known;
        } finally {
            opened.forEach(each -> each.connection().close());
        }
    }
}
