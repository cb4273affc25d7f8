package dev.kept.core.live;

import dev.kept.core.datamap.Store;

/** The command that writes a store's catalogue file anew. An address that is written out may hold a password and is not repeated. */
final class MapCommandLine {

    private MapCommandLine() {}

    static String of(Store store) {
        String from = store.database().matches("\\$\\{\\w+}") ? "'" + store.database() + "'" : "JDBC-URL";
        return "`kept map " + store.name() + " --from " + from + "`";
    }
}
