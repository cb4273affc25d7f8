package dev.kept.core.doctor;

import java.util.Map;
import java.util.Optional;

/** Extensions that keep or move rows by themselves, and what follows for Kept. */
final class Extensions {

    private static final Map<String, String> WHY = Map.ofEntries(
            Map.entry(
                    "timescaledb",
                    "its chunks are inheriting tables, which Kept does not treat; compressed chunks hold values that no DELETE of one row reaches"),
            Map.entry(
                    "citus",
                    "rows lie on other servers; Kept finds rows by their place on one, and refuses tables that have none"),
            Map.entry(
                    "pg_partman",
                    "it makes and drops partitions: new ones need the grants, and its retention is not the notice's"),
            Map.entry(
                    "pg_cron",
                    "its jobs change rows at times of their own; see that none copies persons' data or deletes by other rules"),
            Map.entry("pglogical", "subscribers hold copies; see that UPDATE and DELETE are passed on"),
            Map.entry(
                    "postgres_fdw",
                    "foreign tables are not treated: map the database they come from as a store of its own"),
            Map.entry("dblink", "functions may copy rows to other databases, which no look here sees"),
            Map.entry(
                    "temporal_tables",
                    "its triggers copy each old row into a history table, which has to be in the map"),
            Map.entry("pgaudit", "it writes statements into the server's log; see that their parameters are left out"),
            Map.entry(
                    "pg_stat_statements", "it keeps statements with their constants taken out; Kept's hold no values"));

    private Extensions() {}

    static Optional<String> of(String name) {
        return Optional.ofNullable(WHY.get(name));
    }
}
