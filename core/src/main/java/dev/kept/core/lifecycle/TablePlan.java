package dev.kept.core.lifecycle;

import dev.kept.core.constraint.NewKey;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.TableName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What a run does to one table. An executor does, in one store transaction for each batch of rows in {@code reach}:
 *
 * <ol>
 *   <li>cut the links by value that lead to rows which go, or lose what they are met by;
 *   <li>where {@link #needsDecision()}: lock the rows that are {@code removable} and what dates them, then decide again in a second
 *       statement; remember the shared rows they point to;
 *   <li>remove the clocks of the decided rows, children first, then delete the decided rows;
 *   <li>clear what is dead in the rows that stay;
 *   <li>replace personal keys;
 *   <li>release the shared rows remembered.
 * </ol>
 *
 * @param key the primary key's columns; empty where the table has none
 * @param dead every use of the row has ended for every owner, and nothing freezes it
 * @param frozen a hold or a restriction keeps the row as it is
 * @param removable dead, no longer a clock of a row that stays, and no remaining row refers to it
 * @param cuts links of other tables' rows that are cut before a row of this table goes, or loses the value by which they meet it
 * @param clocks rows that are removed together with a removed row of this table, children first
 * @param grouping what is left of the rows that go, without persons; then all that go are decided and deleted together, not in batches
 * @param uses the state of each use of the table, for looks, answers and access
 */
public record TablePlan(
        TableName table,
        List<String> key,
        Reach reach,
        Condition dead,
        Condition frozen,
        Condition removable,
        List<Cut> cuts,
        List<Clock> clocks,
        List<Clearing> clearings,
        Optional<Rekey> rekey,
        List<Release> releases,
        Optional<Grouping> grouping,
        List<UseState> uses,
        Cost cost) {

    /** One that leaves nothing of the rows that go. */
    public TablePlan(
            TableName table,
            List<String> key,
            Reach reach,
            Condition dead,
            Condition frozen,
            Condition removable,
            List<Cut> cuts,
            List<Clock> clocks,
            List<Clearing> clearings,
            Optional<Rekey> rekey,
            List<Release> releases,
            List<UseState> uses,
            Cost cost) {
        this(
                table,
                key,
                reach,
                dead,
                frozen,
                removable,
                cuts,
                clocks,
                clearings,
                rekey,
                releases,
                Optional.empty(),
                uses,
                cost);
    }

    public TablePlan {
        key = List.copyOf(key);
        cuts = List.copyOf(cuts);
        clocks = List.copyOf(clocks);
        clearings = List.copyOf(clearings);
        releases = List.copyOf(releases);
        uses = List.copyOf(uses);
    }

    /** The same with nothing said of its cost: estimates change by themselves, what the plan does to a row does not. */
    TablePlan withoutCost() {
        return new TablePlan(
                table,
                key,
                reach,
                dead,
                frozen,
                removable,
                cuts,
                clocks,
                clearings,
                rekey,
                releases,
                grouping,
                uses,
                new Cost(-1, -1, List.of()));
    }

    /** The same without anything that is forgotten in rows that stay: as long as rows that refer to each other still go. */
    public TablePlan deletionsOnly() {
        return with(List.of());
    }

    /** The same without what comes after all else is done: new keys, and links by which rows are known to be somebody's. */
    public TablePlan leavingOwners() {
        return with(clearings.stream()
                .filter(clearing -> clearing.parting() != Parting.LAST)
                .toList());
    }

    /** The same without any link by which rows are known to be somebody's. */
    TablePlan keepingOwners() {
        return with(clearings.stream()
                .filter(clearing -> clearing.parting() == Parting.NONE)
                .toList());
    }

    /** Only links by which rows are known to be somebody's. */
    TablePlan partingOnly(Parting parting) {
        List<Clearing> some = clearings.stream()
                .filter(clearing -> clearing.parting() == parting)
                .toList();
        return doing(Condition.FALSE, List.of(), List.of(), some, Optional.empty(), releases);
    }

    /** The same rows, of which other things are done. */
    private TablePlan doing(
            Condition deleted,
            List<Cut> cutBefore,
            List<Clock> along,
            List<Clearing> cleared,
            Optional<Rekey> newKeys,
            List<Release> released) {
        return new TablePlan(
                table, key, reach, dead, frozen, deleted, cutBefore, along, cleared, newKeys, released, grouping, uses,
                cost);
    }

    private TablePlan with(List<Clearing> others) {
        return doing(removable, cuts, clocks, others, Optional.empty(), releases);
    }

    /** The same with rows deleted and cleared where conditions say so that come to the same. */
    public TablePlan deciding(UnaryOperator<Condition> same) {
        List<Clearing> others = clearings.stream()
                .map(clearing -> new Clearing(same.apply(clearing.when()), clearing.columns(), clearing.parting()))
                .toList();
        return doing(same.apply(removable), cuts, clocks, others, rekey, releases);
    }

    /** New keys alone. */
    public TablePlan keysOnly() {
        return doing(Condition.FALSE, List.of(), List.of(), List.of(), rekey, List.of());
    }

    /** The same without any row deleted. */
    public TablePlan withoutDeletions() {
        return doing(Condition.FALSE, cuts, List.of(), clearings, rekey, releases);
    }

    /** Whether a plain {@code DELETE … WHERE removable} is not enough: other rows go along, or are looked at afterwards. */
    public boolean needsDecision() {
        return !cuts.isEmpty() || !clocks.isEmpty() || !releases.isEmpty() || grouping.isPresent();
    }

    /** Whether something is left of rows that go: of this table's, or of those that go along. */
    public boolean groups() {
        return grouping.isPresent()
                || clocks.stream().anyMatch(clock -> clock.grouping().isPresent());
    }

    /**
     * A link by value to rows of this table, and what is cleared of it in the rows that meet one which goes, or loses the value by which it
     * is met: in the same transaction, and before.
     *
     * @param clearings asked of the row that meets: the column is dead, and all that it leads to is lost
     */
    public record Cut(Link link, List<Clearing> clearings) {
        public Cut {
            clearings = List.copyOf(clearings);
        }
    }

    /**
     * Rows that date a row of this table and go with it in one transaction.
     *
     * @param path from the clock's table up to this table
     * @param grouping what is left of them
     */
    public record Clock(List<Link> path, List<Release> releases, Optional<Grouping> grouping) {
        public Clock {
            path = List.copyOf(path);
            releases = List.copyOf(releases);
        }

        /** Clocks of which nothing is left. */
        public Clock(List<Link> path, List<Release> releases) {
            this(path, releases, Optional.empty());
        }

        public TableName table() {
            return path.getFirst().from();
        }
    }

    /** Whether a clearing cuts links by which a row is known to be somebody's, and when it is then its turn. */
    public enum Parting {
        /** It cuts none. */
        NONE,
        /** The owner is met by value, and her row goes without asking who refers to it: before that, once the table's group has come to rest. */
        WITH_GROUP,
        /** When nothing else is left to do. */
        LAST
    }

    /** Columns that are forgotten together. Rows in which all of them already have their replacement are not touched. */
    public record Clearing(Condition when, List<Assignment> columns, Parting parting) {
        public Clearing {
            columns = List.copyOf(columns);
        }

        /** Columns that are no link to an owner. */
        public Clearing(Condition when, List<Assignment> columns) {
            this(when, columns, Parting.NONE);
        }
    }

    /** One column and what takes its place. {@code path} is a JSON path inside the column; empty for the whole column. */
    public record Assignment(String column, List<String> path, Replacement replacement) {
        public Assignment {
            path = List.copyOf(path);
        }
    }

    /**
     * A personal key whose uses have ended while its row stays: a new value for it, the same everywhere.
     *
     * @param columns the key columns to replace
     * @param shapes what new keys look like, by column, where the usual shape does not fit
     * @param followers links (foreign keys and declared joins) that refer to them and follow
     */
    public record Rekey(List<String> columns, Condition when, List<Link> followers, Map<String, NewKey> shapes) {
        public Rekey {
            columns = List.copyOf(columns);
            followers = List.copyOf(followers);
            shapes = Collections.unmodifiableMap(new TreeMap<>(shapes));
        }

        /** Text keys with the usual shape. */
        public Rekey(List<String> columns, Condition when, List<Link> followers) {
            this(columns, when, followers, Map.of());
        }

        /** What a column's new key looks like; keys that look so are not replaced again. */
        public NewKey shape(String column) {
            return shapes.getOrDefault(column, NewKey.USUAL);
        }
    }

    /**
     * A shared row this table's rows point to: once it is nobody's any more, it is deleted — or, while another row still refers to it, emptied.
     *
     * @param pointer the link from this table
     * @param orphaned asked of the shared row: nothing points to it but dead rows that nobody owns, and nothing freezes it
     * @param removable orphaned, and no row refers to it
     * @param husk what is cleared where it cannot be deleted
     * @param next shared rows the shared row points to in turn
     */
    public record Release(
            Link pointer, Condition orphaned, Condition removable, List<Assignment> husk, List<Release> next) {
        public Release {
            husk = List.copyOf(husk);
            next = List.copyOf(next);
        }

        /** Of the link alone: conditions are deep, and executors look releases up for every table of every pass. */
        @Override
        public int hashCode() {
            return pointer.hashCode();
        }
    }

    /**
     * A use at this table for one role (or, for a shared table, for all its owners: role {@code *}).
     *
     * @param ended known ended, known alive, or unknown for a row; an absent role is ended
     * @param own the rows that are the run's persons' by this role; every row, in a run about everybody
     * @param clauses when it ends: the earliest of the inner lists' latest; every clause of the use, in its order
     */
    public record UseState(String use, String role, Condition ended, Reach own, List<List<ClauseAt>> clauses) {
        public UseState {
            clauses = clauses.stream().map(List::copyOf).toList();
        }
    }

    /** One clause of an end as seen from the table's rows; with an empty chain it never comes there. */
    public record ClauseAt(List<Moment> chain, Cutoff cutoff) {
        public ClauseAt {
            chain = List.copyOf(chain);
        }
    }

    /**
     * What the table's part of the run will cost.
     *
     * @param rows estimated rows in the table, -1 where nothing is known
     * @param pages estimated pages of 8 KiB
     * @param scans foreign keys (or links) without an index that are searched once for each removed row
     */
    public record Cost(long rows, long pages, List<MissingIndex> scans) {
        public Cost {
            scans = List.copyOf(scans);
        }
    }

    /** A link without an index: every removed row costs a scan of {@code link.from()}. */
    public record MissingIndex(Link link, long rowsScanned, String createIndex) {}
}
