package dev.kept.core.model.random;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Store;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.notice.Notice;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A notice, a map and a schema thought up from a seed.
 *
 * @param certain whether every end is certain to come, so that nothing personal may outlive all periods
 */
public record Scenario(long seed, Notice notice, Store store, Catalogue catalogue, boolean certain) {

    /** What a scenario is made of, with what fills its columns. */
    record Drafted(Scenario scenario, List<TableDraft> tables) {}

    static Drafted of(long seed) {
        Dice dice = new Dice(seed);
        boolean certain = dice.chance(50);
        ZoneId zone = ZoneId.of(dice.pick(List.of("Europe/Berlin", "UTC", "America/New_York")));
        List<TableDraft> tables = new SchemaDraft(dice, certain).draft();
        Notice notice = VersionsDraft.of(new NoticeDraft(dice, certain, tables).draft(zone), seed);
        Map<TableName, CatalogueTable> live = new LinkedHashMap<>();
        Map<TableName, Table> mapped = new LinkedHashMap<>();
        for (TableDraft table : tables) {
            live.put(table.name, table.catalogue());
            mapped.put(table.name, table.map());
        }
        List<String> sentinels = dice.chance(30) ? List.of("infinity", "9999-12-31") : List.of();
        Store store = new Store("random", "${RANDOM_URL}", ZoneId.of("UTC"), sentinels, Optional.empty(), mapped);
        return new Drafted(new Scenario(seed, notice, store, new Catalogue("PostgreSQL 18.0", live), certain), tables);
    }
}
