package dev.kept.core.datamap;

import dev.kept.core.notice.Span;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The data map of one store, as written.
 *
 * @param database the JDBC URL, or a reference to it like <code>${SHOP_URL}</code>
 * @param zone in which {@code timestamp} columns without zone are read
 * @param sentinels date values that mean "none", as PostgreSQL prints them: {@code infinity}, {@code 9999-12-31}
 * @param epoch what whole numbers that the map names as times count; empty: they are no times, where an event does not say so
 * @param backupsKeptFor how long backups of this store live; empty where nothing is said
 */
public record Store(
        String name,
        String database,
        ZoneId zone,
        List<String> sentinels,
        Optional<Epoch> epoch,
        Optional<Span> backupsKeptFor,
        Map<TableName, Table> tables) {

    /** One whose times are no numbers. */
    public Store(
            String name,
            String database,
            ZoneId zone,
            List<String> sentinels,
            Optional<Span> backupsKeptFor,
            Map<TableName, Table> tables) {
        this(name, database, zone, sentinels, Optional.empty(), backupsKeptFor, tables);
    }

    public Store {
        sentinels = List.copyOf(sentinels);
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }
}
