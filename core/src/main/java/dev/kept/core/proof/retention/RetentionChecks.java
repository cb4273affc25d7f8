package dev.kept.core.proof.retention;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Store;
import dev.kept.core.datamap.TableName;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Use;
import dev.kept.core.proof.Check;
import dev.kept.core.proof.Finding;
import dev.kept.core.proof.Seen;
import dev.kept.core.proof.Spot;
import dev.kept.core.proof.Unclear;
import dev.kept.core.proof.Unclear.Reason;
import dev.kept.core.proof.Verdict;
import dev.kept.core.proof.retention.Overdue.OfColumns;
import dev.kept.core.proof.retention.Overdue.OfUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a dry sweep of a store as of now says of each promise on keeping: with nothing to do and nothing unknown, it is kept. */
public final class RetentionChecks {

    private final BoundStore store;
    private final Map<TableName, Overdue> looked;
    private final Map<TableName, Unclear> notLooked;
    private final Sweeps sweeps;

    private RetentionChecks(
            BoundStore store, Map<TableName, Overdue> looked, Map<TableName, Unclear> notLooked, Sweeps sweeps) {
        this.store = store;
        this.looked = looked;
        this.notLooked = notLooked;
        this.sweeps = sweeps;
    }

    /**
     * The checks of one store.
     *
     * @param looked what was found, by table
     * @param notLooked tables that were to be looked at and were not, and why
     */
    public static List<Check> of(
            BoundStore store, Map<TableName, Overdue> looked, Map<TableName, Unclear> notLooked, Sweeps sweeps) {
        return new RetentionChecks(store, looked, notLooked, sweeps).all();
    }

    /** The checks of a store that could not be looked at. */
    public static List<Check> failed(Notice notice, Store map, Unclear why) {
        List<Check> checks = new ArrayList<>();
        for (Use use : notice.uses().values()) {
            boolean served = map.tables().values().stream()
                    .anyMatch(table -> table.uses().contains(use.id()));
            if (served && !use.ends().isEmpty()) {
                checks.add(new Check(use.path() + ".ends", Verdict.notShown(why)));
            }
        }
        if (notice.keeps().longest().isPresent()) {
            checks.add(new Check("keeps.longest", Verdict.notShown(why)));
        }
        checks.add(new Check("keeps.then.rows", Verdict.notShown(why)));
        return checks;
    }

    private List<Check> all() {
        List<Check> checks = new ArrayList<>();
        for (Use use : store.notice().uses().values()) {
            Map<TableName, BoundTable> served = serving(use);
            if (!served.isEmpty() && !use.ends().isEmpty()) {
                checks.add(new Check(use.path() + ".ends", ends(use, served)));
            }
        }
        if (!store.tables().isEmpty()) {
            store.notice().keeps().longest().ifPresent(span -> checks.add(new Check("keeps.longest", longest())));
            checks.add(new Check("keeps.then.rows", then()));
        }
        return checks;
    }

    private Map<TableName, BoundTable> serving(Use use) {
        Map<TableName, BoundTable> served = new LinkedHashMap<>();
        store.tables().forEach((name, table) -> {
            if (table.map().uses().contains(use.id())) {
                served.put(name, table);
            }
        });
        return served;
    }

    private Verdict ends(Use use, Map<TableName, BoundTable> served) {
        List<Finding> findings = new ArrayList<>();
        List<Unclear> unclear = new ArrayList<>();
        long rows = 0;
        for (TableName table : served.keySet()) {
            Overdue found = looked.get(table);
            if (found == null) {
                unclear.add(notLookedAt(table));
                continue;
            }
            rows += found.rows();
            found.uses().stream().filter(of -> of.use().equals(use.id())).forEach(of -> {
                findings.addAll(overdue(use, table, of));
                if (of.unknown() > 0) {
                    unclear.add(unknown(table, of.unknown(), "`" + use.id() + "` has ended"));
                }
            });
        }
        return verdict(
                findings,
                unclear,
                rows,
                "nothing in " + tables(served.size()) + " is held past the end of `" + use.id() + "`");
    }

    private List<Finding> overdue(Use use, TableName table, OfUse of) {
        List<Finding> findings = new ArrayList<>();
        if (of.rows() > 0) {
            findings.add(new Finding(
                    Finding.Kind.ROWS_OVERDUE,
                    Spot.of(name(), table),
                    of.rows(),
                    rows(of.rows()) + " of `" + table + "` " + (of.rows() == 1 ? "is" : "are")
                            + " still there although `" + use.id() + "` and every other use of "
                            + (of.rows() == 1 ? "it" : "them") + " has ended; " + sweeps.said(),
                    sweeps.attempt(name())));
        }
        for (OfColumns columns : of.columns()) {
            findings.add(new Finding(
                    Finding.Kind.COLUMNS_OVERDUE,
                    Spot.of(name(), table, columns.columns()),
                    columns.rows(),
                    "in " + rows(columns.rows()) + " of `" + table + "` " + columns(columns.columns())
                            + " still there although `" + use.id() + "` has ended; " + sweeps.said(),
                    sweeps.attempt(name())));
        }
        return findings;
    }

    private Verdict longest() {
        List<Finding> findings = new ArrayList<>();
        List<Unclear> unclear = new ArrayList<>();
        long rows = 0;
        for (TableName table : store.tables().keySet()) {
            Overdue found = looked.get(table);
            if (found == null) {
                unclear.add(notLookedAt(table));
                continue;
            }
            rows += found.rows();
            if (found.beyondLongest() > 0) {
                findings.add(new Finding(
                        Finding.Kind.BEYOND_LONGEST,
                        Spot.of(name(), table),
                        found.beyondLongest(),
                        "in " + rows(found.beyondLongest()) + " of `" + table
                                + "` is something that no purpose has needed for longer than "
                                + store.notice()
                                        .keeps()
                                        .longest()
                                        .map(Object::toString)
                                        .orElse("the longest period")
                                + "; " + sweeps.said(),
                        sweeps.attempt(name())));
            }
            long open = found.uses().stream()
                    .filter(of -> ofPurpose(of.use()))
                    .mapToLong(OfUse::unknown)
                    .max()
                    .orElse(0);
            if (open > 0) {
                unclear.add(unknown(table, open, "every purpose has ended"));
            }
        }
        return verdict(
                findings,
                unclear,
                rows,
                "nothing in " + tables(store.tables().size()) + " has outlasted the longest period");
    }

    private boolean ofPurpose(String use) {
        return Optional.ofNullable(store.notice().uses().get(use))
                .filter(known -> known.law().isEmpty())
                .isPresent();
    }

    private Verdict then() {
        List<Finding> findings = new ArrayList<>();
        List<Unclear> unclear = new ArrayList<>();
        long rows = 0;
        for (TableName table : store.tables().keySet()) {
            Overdue found = looked.get(table);
            if (found == null) {
                unclear.add(notLookedAt(table));
                continue;
            }
            rows += found.rows();
            if (found.due() > 0) {
                findings.add(new Finding(
                        Finding.Kind.ROWS_OVERDUE,
                        Spot.of(name(), table),
                        found.due(),
                        "in " + rows(found.due()) + " of `" + table
                                + "` is something left that no purpose needs any more; " + sweeps.said(),
                        sweeps.attempt(name())));
            }
            if (found.unknown() > 0) {
                unclear.add(unknown(table, found.unknown(), "all in them has ended"));
            }
        }
        return verdict(findings, unclear, rows, "a sweep would find nothing to do in " + tables(looked.size()));
    }

    /** While a sweep is at work, what is due is being forgotten: then nothing is called broken for it. */
    private Verdict verdict(List<Finding> findings, List<Unclear> unclear, long rows, String kept) {
        List<Unclear> open = new ArrayList<>(unclear);
        if (!findings.isEmpty() && !sweeps.atWork()) {
            return new Verdict.Broken(findings, open);
        }
        if (!findings.isEmpty()) {
            open.addFirst(running(findings));
        }
        return open.isEmpty()
                ? Verdict.kept(new Seen(name(), rows, kept + ", and nothing is unknown"))
                : new Verdict.NotShown(open);
    }

    private Unclear running(List<Finding> findings) {
        return new Unclear(
                Reason.SWEEP_RUNNING,
                Optional.of(Spot.of(name())),
                findings.stream().mapToLong(Finding::count).sum(),
                sweeps.running()
                        .map(since -> "a sweep of `" + name() + "` is running since " + since)
                        .orElse("a sweep of `" + name() + "` is at work"),
                "`kept prove` again when it is done");
    }

    private Unclear unknown(TableName table, long count, String what) {
        return new Unclear(
                Reason.UNKNOWN_ENDS,
                Optional.of(Spot.of(name(), table)),
                count,
                "of " + rows(count) + " of `" + table + "` it is not known whether " + what,
                "what the event's column leaves open filled in, or said in the map (`absent: never`, an `else` event)");
    }

    private Unclear notLookedAt(TableName table) {
        Unclear why = notLooked.get(table);
        return why != null
                ? why
                : new Unclear(
                        Reason.MAP_UNFIT,
                        Optional.of(Spot.of(name(), table)),
                        0,
                        "`" + table + "` is in no plan, so nothing of it was looked at",
                        "kept check --live");
    }

    private String name() {
        return store.store().name();
    }

    private static String rows(long count) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? "row" : "rows");
    }

    private static String tables(int count) {
        return count == 1 ? "1 table" : count + " tables";
    }

    private static String columns(List<String> columns) {
        return columns.stream().map(column -> "`" + column + "`").collect(Collectors.joining(", "))
                + (columns.size() == 1 ? " is" : " are");
    }
}
