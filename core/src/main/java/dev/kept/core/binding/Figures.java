package dev.kept.core.binding;

import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Statistics;
import dev.kept.core.datamap.Store;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Use;
import dev.kept.core.source.Spelling;
import java.util.ArrayList;
import java.util.List;

/** Whether what a table's ended rows become is as anonymous as the notice says, and fits the table that takes it. */
final class Figures {

    private final Notice notice;
    private final Complaints complaints;
    private final FigureTarget target;
    private final FigureSources sources;

    /** Problems of what a table says under {@code anonymise}. */
    @FunctionalInterface
    interface Complaints {
        void error(BoundTable table, List<String> element, String code, String message, String attempt);
    }

    Figures(Notice notice, Store store, Catalogue catalogue, Problems problems) {
        this.notice = notice;
        this.complaints = (table, element, code, message, attempt) -> {
            List<String> path = new ArrayList<>(List.of("anonymise"));
            path.addAll(element);
            problems.error(code, table.name(), path, message, attempt);
        };
        this.target = new FigureTarget(store, catalogue, complaints);
        this.sources = new FigureSources(notice, store, complaints);
    }

    void check(BoundTable table) {
        table.map().statistics().ifPresent(statistics -> {
            use(table, statistics);
            persons(table);
            target.check(table, statistics);
            statistics.columns().forEach((column, figure) -> sources.check(table, statistics, column, figure));
        });
    }

    private void use(BoundTable table, Statistics statistics) {
        Use use = notice.uses().get(statistics.use());
        if (use == null) {
            complaints.error(
                    table,
                    List.of("for"),
                    "unknown-use",
                    "the notice has no use `" + statistics.use() + "`",
                    Spelling.suggest(statistics.use(), notice.uses().keySet()));
        } else if (use.anonymisedAtLeast().isEmpty()) {
            complaints.error(
                    table,
                    List.of("for"),
                    "figures-for-persons",
                    "`" + use.id() + "` is a use of persons' data, and what is left of ended rows concerns nobody",
                    "name a use of the notice with `form: anonymised`");
        } else {
            int promised = use.anonymisedAtLeast().get();
            statistics
                    .atLeast()
                    .filter(least -> least < promised)
                    .ifPresent(least -> complaints.error(
                            table,
                            List.of("at-least"),
                            "group-too-small",
                            "groups of " + least + " persons, where `" + use.path() + "` promises at least " + promised,
                            "write `at-least: " + promised + "` or more, or leave it out"));
        }
    }

    /** Groups are counted in persons: it has to be known whose each row is. */
    private void persons(BoundTable table) {
        boolean unclear = table.map().shared()
                || table.roles().stream().anyMatch(role -> role.kind().isEmpty());
        if (unclear) {
            complaints.error(
                    table,
                    List.of(),
                    "figures-of-shared-rows",
                    "whose a row of `" + table.name()
                            + "` is depends on what points to it, and groups are counted in persons",
                    "leave `anonymise` to tables whose rows belong to persons");
        }
    }
}
