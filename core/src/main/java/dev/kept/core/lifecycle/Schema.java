package dev.kept.core.lifecycle;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.Trigger;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.LinkIndex;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.TablePlan.Cost;
import dev.kept.core.lifecycle.TablePlan.MissingIndex;
import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the live schema costs, forbids, or does behind a plan's back. */
final class Schema {

    private final BoundStore store;
    private @Nullable List<Problem> problems;
    private @Nullable List<Problem> warnings;

    Schema(BoundStore store) {
        this.store = store;
    }

    /**
     * Refuses what no order of statements can do: rows that must refer to each other, or date each other, in a circle. Which links and clocks
     * there are depends neither on T nor on facts, so that this is asked once.
     */
    List<Problem> problems(Blockers blockers, Datings datings) {
        List<Problem> known = problems;
        if (known == null) {
            known = problems(store, blockers, datings);
            problems = known;
        }
        return known;
    }

    List<Problem> warnings() {
        List<Problem> known = warnings;
        if (known == null) {
            known = warnings(store);
            warnings = known;
        }
        return known;
    }

    private static List<Problem> problems(BoundStore store, Blockers blockers, Datings datings) {
        List<Problem> refusals = new ArrayList<>();
        mandatoryCircles(store, blockers, refusals);
        new SharedClocks(store, datings)
                .refused()
                .forEach(refused -> refusals.add(
                        refusal(store, refused.table(), "shared-clock", refused.message(), refused.attempt())));
        return refusals;
    }

    private static void mandatoryCircles(BoundStore store, Blockers blockers, List<Problem> refusals) {
        Map<TableName, Set<TableName>> mandatory = new LinkedHashMap<>();
        store.tables().keySet().stream().sorted().forEach(name -> mandatory.put(name, new LinkedHashSet<>()));
        for (BoundTable table : store.tables().values()) {
            for (Link link : table.links()) {
                boolean held = blockers.into(link.to()).stream().anyMatch(other -> KeepingLinks.sameEnds(other, link));
                if (held && link.mandatory() && mandatory.containsKey(link.to())) {
                    mandatory.get(link.to()).add(link.from());
                }
            }
        }
        for (List<TableName> circle : Order.components(mandatory)) {
            if (circle.size() > 1) {
                String names = circle.stream().sorted().map(TableName::toString).collect(Collectors.joining("`, `"));
                refusals.add(refusal(
                        store,
                        circle.getFirst(),
                        "mandatory-circle",
                        "rows of `" + names + "` must refer to each other, so none of them can be deleted first",
                        "make one of the columns nullable"));
            }
        }
    }

    private static Problem refusal(BoundStore store, TableName table, String code, String message, String attempt) {
        return Problem.error(
                code,
                Place.of("stores/" + store.store().name() + ".yaml"),
                "stores." + store.store().name() + "." + table,
                message,
                attempt);
    }

    private static List<Problem> warnings(BoundStore store) {
        List<Problem> warnings = new ArrayList<>();
        for (BoundTable table : store.tables().values()) {
            for (Trigger trigger : table.catalogue().triggers()) {
                TriggerEffect.of(trigger)
                        .ifPresent(
                                effect -> warnings.add(
                                        warning(
                                                store,
                                                table.name(),
                                                "trigger-fires",
                                                "trigger `" + trigger.name() + "` of `" + table.name() + "` " + effect
                                                        + " on " + String.join(", ", trigger.events()),
                                                "make sure it neither keeps a copy nor undoes the change; the look at the end sees the tables of the map only")));
            }
            for (String column : TriggerEffect.filledColumns(table.catalogue())) {
                boolean personal = table.columns().values().stream()
                        .anyMatch(bound -> bound.map().name().equals(column)
                                && !bound.map().notPersonal());
                if (personal) {
                    warnings.add(
                            warning(
                                    store,
                                    table.name(),
                                    "trigger-fills",
                                    "a trigger of `" + table.name() + "` writes `" + column
                                            + "` by itself on every change, so that what is cleared there may come back",
                                    "say `" + column
                                            + ": not-personal` if it is made of columns that are forgotten anyway; if it comes back, the run stops and says so"));
                }
            }
            if (table.catalogue().rowSecurity()) {
                warnings.add(warning(
                        store,
                        table.name(),
                        "row-security",
                        "row-level security guards `" + table.name() + "`",
                        "run as the table's owner or a role with BYPASSRLS: otherwise the run stops with an error"));
            }
        }
        return warnings;
    }

    private static Problem warning(BoundStore store, TableName table, String code, String message, String attempt) {
        return Problem.advice(
                code,
                Place.of("stores/" + store.store().name() + ".yaml"),
                "stores." + store.store().name() + "." + table,
                message,
                attempt);
    }

    static Cost cost(BoundStore store, BoundTable table, Blockers blockers) {
        List<MissingIndex> scans = new ArrayList<>();
        for (Link link : blockers.into(table.name())) {
            CatalogueTable from = store.catalogue().tables().get(link.from());
            if (from != null && !LinkIndex.supports(from, link)) {
                scans.add(new MissingIndex(link, from.rows(), LinkIndex.create(from, link)));
            }
        }
        return new Cost(table.catalogue().rows(), table.catalogue().pages(), scans);
    }
}
