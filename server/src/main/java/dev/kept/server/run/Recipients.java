package dev.kept.server.run;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.core.datamap.TableName;
import dev.kept.core.notice.Share;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who may have been given the data that changed, by the notice: each must be told, unless that is impossible (GDPR Art. 19). */
public final class Recipients {

    private Recipients() {}

    /** A column's name in evidence: {@code shop.customers.email}, {@code shop.profiles.doc $.email}. */
    static String id(TableName table, String column) {
        return table + "." + column;
    }

    /** The columns of the map behind names as a correction's steps have them. */
    public static List<BoundColumn> columns(BoundStore store, Collection<String> ids) {
        List<BoundColumn> columns = new ArrayList<>();
        store.tables()
                .forEach((name, table) -> table.columns().values().forEach(column -> {
                    String path = column.map().path().isEmpty()
                            ? ""
                            : " $." + String.join(".", column.map().path());
                    if (ids.contains(id(name, column.map().name() + path))) {
                        columns.add(column);
                    }
                }));
        return columns;
    }

    /** The shares whose data and uses cover one of the columns. */
    static List<Share> of(BoundStore store, List<BoundColumn> columns) {
        return store.notice().shares().values().stream()
                .filter(share -> columns.stream().anyMatch(column -> covers(share, column)))
                .toList();
    }

    private static boolean covers(Share share, BoundColumn column) {
        boolean data = column.map().categories().stream().anyMatch(share.data()::contains);
        boolean use = share.uses().isEmpty() || column.uses().stream().anyMatch(share.uses()::contains);
        return data && use;
    }

    /** The rules that a correction of the columns rests on, by path. */
    static List<String> rules(BoundStore store, List<BoundColumn> columns) {
        Set<String> rules = new LinkedHashSet<>();
        rules.add("rights.correct");
        columns.forEach(column -> column.map().categories().forEach(category -> rules.add("collects." + category)));
        of(store, columns).forEach(share -> rules.add(share.path()));
        return rules.stream().sorted().toList();
    }
}
