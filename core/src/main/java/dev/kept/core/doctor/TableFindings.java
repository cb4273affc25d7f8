package dev.kept.core.doctor;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.live.Grants;
import dev.kept.core.live.LiveSchema;
import dev.kept.core.live.NeededGrant;
import dev.kept.core.live.NeededPrivileges;
import dev.kept.core.source.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What of a store's tables stops a plan or makes it slow: privileges, hidden rows, triggers, foreign keys without an index, dates without a zone. */
public final class TableFindings {

    private final BoundStore store;
    private final Plan plan;
    private final LiveSchema live;
    private final List<Finding> findings = new ArrayList<>();
    private final List<TableGrants> grants = new ArrayList<>();

    private TableFindings(BoundStore store, Plan plan, LiveSchema live) {
        this.store = store;
        this.plan = plan;
        this.live = live;
    }

    /** @param plan for everybody, of {@code store} as the live schema is */
    public static TableFindings of(BoundStore store, Plan plan, LiveSchema live) {
        TableFindings tables = new TableFindings(store, plan, live);
        tables.privileges();
        tables.beyondRuns();
        tables.triggers();
        tables.indexes();
        tables.zones();
        return tables;
    }

    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    public List<TableGrants> grants() {
        return List.copyOf(grants);
    }

    /** The tables with persons' data and their partitions. */
    public Set<TableName> personal() {
        Set<TableName> personal = new LinkedHashSet<>(store.tables().keySet());
        store.tables()
                .values()
                .forEach(table -> table.catalogue()
                        .partitioning()
                        .map(Catalogue.Partitioning::leaves)
                        .ifPresent(personal::addAll));
        return personal;
    }

    private void privileges() {
        Set<String> schemas = new TreeSet<>();
        Map<TableName, Set<String>> noted = NeededPrivileges.noted(store);
        for (NeededGrant needed : NeededPrivileges.of(store, plan)) {
            Grants held = live.grants().getOrDefault(needed.relation(), Grants.NONE);
            List<String> lacks = needed.missing(held);
            String statement = lacks.isEmpty() ? "" : needed.statement(lacks, live.role());
            List<String> notes = Optional.ofNullable(noted.get(needed.relation())).map(NeededGrant::update).stream()
                    .toList();
            grants.add(new TableGrants(needed.relation(), needed.privileges(), lacks, notes, statement));
            String table = needed.relation().toString();
            if (!lacks.isEmpty()) {
                findings.add(Finding.problem(
                        "privilege-missing",
                        table,
                        "the role `" + live.role() + "` may not " + String.join(", ", lacks) + " on `" + table + "`",
                        "a run that needs it is refused before its first step",
                        statement));
            }
            if (held.rowsHidden()) {
                findings.add(Finding.problem(
                                "rows-hidden",
                                table,
                                "row-level security hides rows of `" + table + "` from the role `" + live.role() + "`",
                                "Kept has PostgreSQL refuse what would hide rows: who does not see everything would report everything forgotten",
                                "ALTER ROLE " + NeededGrant.quoted(live.role()) + " BYPASSRLS")
                        .advising("or connect as the table's owner, without FORCE ROW LEVEL SECURITY"));
            }
            if (!held.schema()) {
                schemas.add(needed.relation().schema());
            }
        }
        schemas.forEach(schema -> findings.add(Finding.problem(
                "privilege-missing",
                schema,
                "the role `" + live.role() + "` may not use the schema `" + schema + "`",
                "none of its tables can be read",
                "GRANT USAGE ON SCHEMA " + NeededGrant.quoted(schema) + " TO " + NeededGrant.quoted(live.role()))));
    }

    /** Runs need none of it: what is noted of persons' decisions, and what is asked to be corrected. */
    private void beyondRuns() {
        besides(
                "note-denied",
                NeededPrivileges.noted(store),
                "`kept end` and requests cannot note there what a person decided, and leave it to people");
        besides(
                "correction-denied",
                NeededPrivileges.corrected(store),
                "`kept correct` cannot put right what stands there");
    }

    private void besides(String code, Map<TableName, Set<String>> needed, String why) {
        needed.forEach((table, columns) -> {
            Set<String> updatable =
                    live.grants().getOrDefault(table, Grants.NONE).updatable();
            List<String> lacking = columns.stream()
                    .filter(column -> !updatable.contains(column))
                    .toList();
            List<String> ofRuns = grants.stream()
                    .filter(grant -> grant.relation().equals(table))
                    .flatMap(grant -> grant.lacks().stream())
                    .filter(privilege -> privilege.startsWith("UPDATE"))
                    .toList();
            if (!lacking.isEmpty() && !ofRuns.contains(NeededGrant.update(lacking))) {
                findings.add(Finding.note(
                        code,
                        table.toString(),
                        "the role `" + live.role() + "` may not " + NeededGrant.update(lacking) + " on `" + table + "`",
                        why,
                        "GRANT " + NeededGrant.update(lacking) + " ON " + NeededGrant.quoted(table.schema()) + "."
                                + NeededGrant.quoted(table.name()) + " TO " + NeededGrant.quoted(live.role())));
            }
        });
    }

    private void triggers() {
        for (Problem warning : plan.warnings()) {
            switch (warning.code()) {
                case "trigger-fires", "trigger-fills" ->
                    findings.add(Finding.risk(
                                    warning.code(),
                                    warning.path().replaceFirst("^stores\\.[^.]+\\.", ""),
                                    warning.message(),
                                    "what a trigger writes elsewhere, or puts back, no plan foresees")
                            .advising(warning.attempt()));
                default -> {
                    // said by `kept plan` and `kept check`, or above
                }
            }
        }
    }

    private void indexes() {
        plan.tables()
                .forEach(table -> table.cost()
                        .scans()
                        .forEach(scan -> findings.add(Finding.risk(
                                "index-missing",
                                scan.link().from().toString(),
                                "`" + String.join(", ", scan.link().columns()) + "` of `"
                                        + scan.link().from() + "` has no index",
                                "every deleted row of `" + table.table() + "` costs a scan of "
                                        + (scan.rowsScanned() < 0
                                                ? "the table"
                                                : String.format(java.util.Locale.ROOT, "%,d rows", scan.rowsScanned())),
                                scan.createIndex()))));
    }

    /** Dates without a zone mean what the map says: worth a look where the applications that write them say otherwise. */
    private void zones() {
        Set<String> columns = new TreeSet<>();
        store.tables()
                .values()
                .forEach(table -> table.deciding().stream()
                        .filter(column -> table.catalogue().columns().containsKey(column))
                        .filter(column -> java.util.Objects.requireNonNull(
                                        table.catalogue().columns().get(column))
                                .baseType()
                                .matches("timestamp(\\(\\d\\))? without time zone"))
                        .forEach(column -> columns.add(table.name() + "." + column)));
        if (!columns.isEmpty()) {
            findings.add(Finding.note(
                            "no-zone",
                            "",
                            "dates without a time zone decide: `" + String.join("`, `", columns) + "`",
                            "they are read in " + store.store().zone()
                                    + ", as the map says; who writes them in another zone shifts every end")
                    .advising("see what the application's sessions have as `TimeZone`"));
        }
    }
}
