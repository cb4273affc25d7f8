package dev.kept.core.lifecycle;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.ForeignKey;
import dev.kept.core.datamap.Catalogue.Partitioning;
import dev.kept.core.datamap.Catalogue.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a partition whose rows have all ended can be dropped as a whole: nothing would then happen that deleting its rows one by one does. A partition
 * is one of a time that is over, so that no row comes for which it would be missed.
 */
public final class WholePartitions {

    private WholePartitions() {}

    /** Why not, for every run; empty where nothing of the schema speaks against it. */
    public static List<String> obstacles(Catalogue catalogue, CatalogueTable table) {
        List<String> obstacles = new ArrayList<>();
        Optional<Partitioning> partitioning = table.partitioning();
        if (partitioning.isEmpty()) {
            return List.of("it has no partitions");
        }
        if (!byTime(table, partitioning.get())) {
            obstacles.add("it is not partitioned by ranges of a time, so that rows may come for any of its partitions");
        }
        for (ForeignKey key : catalogue.referringTo(table.name())) {
            obstacles.add("`" + key.from() + "` refers to it by `" + key.name() + "`");
        }
        for (Trigger trigger : table.triggers()) {
            if (trigger.enabled() && trigger.events().contains("DELETE")) {
                obstacles.add(
                        "its trigger `" + trigger.name() + "` fires on deleted rows, and on no dropped partition");
            }
        }
        return obstacles;
    }

    private static boolean byTime(CatalogueTable table, Partitioning partitioning) {
        return partitioning.strategy().equals("range")
                && partitioning.columns().size() == 1
                && Optional.ofNullable(
                                table.columns().get(partitioning.columns().getFirst()))
                        .flatMap(column -> DateKind.ofType(column.baseType()))
                        .isPresent();
    }

    /** Whether a plan only deletes rows of the table: what else it does when they go is done row by row. */
    public static boolean onlyDeletes(TablePlan plan) {
        return plan.reach() instanceof Reach.Everything
                && !plan.removable().equals(Condition.FALSE)
                && !plan.needsDecision()
                && !plan.groups()
                && plan.rekey().isEmpty();
    }
}
