package dev.kept.stores.postgres.correct;

import dev.kept.core.constraint.Acceptance;
import dev.kept.core.rights.CorrectionPlan;
import dev.kept.core.rights.CorrectionPlan.Change;
import dev.kept.core.rights.CorrectionPlan.NewValue;
import dev.kept.core.rights.CorrectionPlan.PersonKey;
import dev.kept.core.rights.CorrectionPlan.PersonTable;
import dev.kept.core.rights.CorrectionPlan.Target;
import dev.kept.core.rights.CorrectionReader;
import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import dev.kept.stores.postgres.correct.Found.Why;
import dev.kept.stores.postgres.correct.RowChanges.Put;
import dev.kept.stores.postgres.correct.RowChanges.RowChange;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.sql.Row;
import dev.kept.stores.postgres.sql.Sql;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Finds, with the rows locked, what a correction changes, what follows it, what stands against it, and where the old value still stands. */
final class CorrectionLook {

    private final CorrectionSql sql;
    private final CorrectionPlan plan;
    private final RowReading rows;
    private final RowChanges changes;
    private final boolean everywhere;
    private final Followers followers;
    private final Objections objections;
    private final Inputs inputs;
    private final Set<OldValues.Replaced> replaced = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private final StoreConnection connection;
    private final Set<List<Object>> leftover = new HashSet<>();
    private long already;

    CorrectionLook(
            StoreConnection connection,
            CorrectionSql sql,
            CorrectionPlan plan,
            RowChanges changes,
            boolean everywhere) {
        this.connection = connection;
        this.sql = sql;
        this.plan = plan;
        this.changes = changes;
        this.everywhere = everywhere;
        this.rows = new RowReading(connection, sql, plan);
        this.followers = new Followers(connection, sql, plan, rows, changes, problems);
        this.inputs = new Inputs(connection, sql.tables());
        this.objections = new Objections(connection, sql, plan, problems);
    }

    Found find() {
        plan.changes().forEach(this::change);
        List<Found.Left> left = leftovers();
        objections.against(changes, followers.places());
        return new Found(problems.stream().distinct().sorted().toList(), changes.counted(), already, left, newKeys());
    }

    // ------------------------------------------------------------------------------------------- what is named

    private void change(Change change) {
        PersonTable table = Objects.requireNonNull(plan.tables().get(change.table()));
        if (change.values().isEmpty()) {
            return;
        }
        List<Problem> unreadable = inputs.problems(change);
        if (!unreadable.isEmpty()) {
            problems.addAll(unreadable);
            return;
        }
        Row row = Row.outer(change.table());
        List<Target> targets = change.values().stream().map(NewValue::target).toList();
        List<Sql> where = new ArrayList<>();
        where.add(sql.reached(table.reach(), row));
        where.add(sql.where(change.where(), row));
        targets.forEach(target -> where.add(sql.reached(target.mine(), row)));
        List<Hand> hands = rows.lock(change.table(), Sql.and(where), targets, CorrectionReader.MOST_ROWS);
        if (hands.size() != change.rows()) {
            problems.add(count(change, hands.size()));
            return;
        }
        for (Hand hand : hands) {
            if (hand.held()) {
                problem("held", change.place(), change.table().toString(), held(hand), "have the hold lifted first");
            }
            change.values().forEach(value -> named(hand, value));
        }
    }

    private static Problem count(Change change, int found) {
        String table = change.table().toString();
        if (found == 0) {
            return Problem.error(
                    "no-row",
                    change.place(),
                    table,
                    "the person has no such row in `" + table + "`"
                            + (change.where().isEmpty() ? "" : " that fits `where`"),
                    "see with `kept access` what is held");
        }
        String many = found > CorrectionReader.MOST_ROWS ? "more than " + CorrectionReader.MOST_ROWS : "" + found;
        return Problem.error(
                "rows",
                change.place(),
                table,
                "the person has " + many + " rows in `" + table + "`"
                        + (change.where().isEmpty() ? "" : " that fit `where`") + ", and " + change.rows()
                        + (change.rows() == 1 ? " is" : " are") + " meant",
                "say which: `- {where: {id: …}, set: {…}}`, or how many with `rows:`");
    }

    private static String held(Hand hand) {
        return "a row of `" + hand.place().table() + "` is held, and stays as it is until the hold is lifted";
    }

    private void named(Hand hand, NewValue value) {
        Target target = value.target();
        String path = target.table() + "." + target.id();
        if (hand.cell(target).others()) {
            problem(
                    "not-alone",
                    value.place(),
                    path,
                    "what `" + path + "` says there is somebody else's, too",
                    "ask all whose it is, and change it in the application");
            return;
        }
        assign(hand, target, value.value(), value.place(), Why.NAMED);
    }

    /** Notes what is to stand there, and what follows; what stands there already needs nothing. */
    private void assign(Hand hand, Target target, Optional<String> value, Place place, Why why) {
        String path = target.table() + "." + target.id();
        if (hand.cell(target).value().equals(value)) {
            already++;
            return;
        }
        Optional<Assigned> assigned = target.path().isEmpty()
                ? Optional.of(new Assigned(target.column(), List.of(), value))
                : json(hand.cell(target), target, value, place);
        if (assigned.isEmpty()) {
            return;
        }
        Put put = changes.put(hand, assigned.get(), why);
        if (put == Put.CONFLICT) {
            problem(
                    "two-values",
                    place,
                    path,
                    "`" + path + "` of one row is to have two different values",
                    "name each row once; where rows follow each other, give one value");
        }
        if (put != Put.NEW) {
            return;
        }
        followers.places().putIfAbsent(hand.place(), place);
        hand.cell(target)
                .value()
                .filter(before -> why == Why.NAMED && !before.isBlank())
                .ifPresent(before -> replaced.add(new OldValues.Replaced(before, value, target.categories(), place)));
        if (target.path().isEmpty()) {
            followers.follow(hand, target.column(), value, place);
        }
    }

    /** A value at a path keeps the kind of what stands there: a number stays one. */
    private Optional<Assigned> json(Hand.Cell cell, Target target, Optional<String> value, Place place) {
        String path = target.table() + "." + target.id();
        String kind = cell.jsonType().orElse("string");
        boolean nested = kind.equals("object") || kind.equals("array");
        boolean roomless = cell.jsonType().isEmpty() && !cell.place().equals(Optional.of("object"));
        boolean number = kind.equals("number")
                && value.filter(text -> !Acceptance.isNumber(text)).isPresent();
        boolean flag =
                kind.equals("boolean") && value.filter(text -> !isFlag(text)).isPresent();
        if (nested || roomless || number || flag) {
            problem(
                    "document",
                    place,
                    path,
                    nested
                            ? "`" + path + "` holds " + (kind.equals("object") ? "an object" : "an array")
                                    + ", not one value"
                            : roomless
                                    ? "the document has no place for `" + path + "`"
                                    : "the value for `" + path + "` is no " + kind
                                            + ", as the one that stands there is",
                    nested ? "declare the paths inside it in the map" : "see what the application writes there");
            return Optional.empty();
        }
        boolean plain = kind.equals("number") || kind.equals("boolean");
        return Optional.of(new Assigned(
                target.column(), target.path(), value.map(text -> plain ? text.strip() : JsonText.quoted(text))));
    }

    private static boolean isFlag(String text) {
        return text.strip().equals("true") || text.strip().equals("false");
    }

    // ------------------------------------------------------------------------------- where the old value still is

    private List<Found.Left> leftovers() {
        OldValues old = new OldValues(sql);
        Map<Found.Left, Long> left = new LinkedHashMap<>();
        for (OldValues.Replaced next : List.copyOf(replaced)) {
            for (PersonTable table : plan.tables().values()) {
                List<Target> targets = old.targets(table, next);
                if (!targets.isEmpty()) {
                    look(old, table, targets, next, left);
                }
            }
        }
        return left.entrySet().stream()
                .map(one -> new Found.Left(
                        one.getKey().table(),
                        one.getKey().column(),
                        one.getValue(),
                        one.getKey().reason()))
                .toList();
    }

    private void look(
            OldValues old,
            PersonTable table,
            List<Target> targets,
            OldValues.Replaced next,
            Map<Found.Left, Long> left) {
        Row row = Row.outer(table.table());
        Sql condition = Sql.and(List.of(sql.reached(table.reach(), row), old.still(targets, next, row)));
        List<Hand> hands = rows.lock(
                table.table(), condition, targets, CorrectionReader.MOST_ROWS, target -> old.still(target, next, row));
        for (Hand hand : hands) {
            for (Target target : targets) {
                Hand.Cell cell = hand.cell(target);
                boolean here = cell.mine() && cell.asked() && !changes.has(hand.place(), id(target));
                if (here) {
                    Optional<String> reason = reason(hand, target);
                    if (everywhere && reason.isEmpty()) {
                        assign(hand, target, next.after(), next.place(), Why.EVERYWHERE);
                    } else if (leftover.add(List.of(hand.place(), id(target)))) {
                        left.merge(new Found.Left(table.table(), target.id(), 1, reason.orElse("")), 1L, Long::sum);
                    }
                }
            }
        }
    }

    private static String id(Target target) {
        return new Assigned(target.column(), target.path(), Optional.empty()).toString();
    }

    private static Optional<String> reason(Hand hand, Target target) {
        if (target.refusal().isPresent()) {
            return Optional.of(target.refusal().get().code());
        }
        return hand.held()
                ? Optional.of("held")
                : hand.cell(target).others() ? Optional.of("not-alone") : Optional.empty();
    }

    // ------------------------------------------------------------------------------------------------------ keys

    private Map<String, List<String>> newKeys() {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        if (!problems.isEmpty()) {
            return keys;
        }
        for (PersonKey person : plan.persons()) {
            for (RowChange change : changes.rows()) {
                boolean changed = change.hand().place().table().equals(person.table())
                        && person.columns().stream().anyMatch(change.assigned()::containsKey);
                if (changed) {
                    Map<String, Optional<String>> after = RowChanges.after(change);
                    keys.put(
                            person.kind(),
                            person.columns().stream()
                                    .map(column -> connection
                                            .run(sql.printed(
                                                    person.table(),
                                                    column,
                                                    after.getOrDefault(column, Optional.empty())
                                                            .orElseThrow()))
                                            .text(0))
                                    .toList());
                }
            }
        }
        return keys;
    }

    private void problem(String code, Place place, String path, String message, String attempt) {
        problems.add(Problem.error(code, place, path, message, attempt));
    }
}
