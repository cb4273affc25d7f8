package dev.kept.core.model.random;

import dev.kept.core.datamap.Catalogue.Action;
import dev.kept.core.datamap.Catalogue.UniqueKey;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.model.random.TableDraft.Content;
import dev.kept.core.model.random.TableDraft.LinkDraft;
import dev.kept.core.notice.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Thinks up tables: persons, what belongs to them, what they share, trees, circles with a nullable side, rows that concern nobody. */
final class SchemaDraft {

    private static final List<Action> ACTIONS =
            List.of(Action.NO_ACTION, Action.RESTRICT, Action.CASCADE, Action.SET_NULL);
    private static final List<String> DATE_TYPES =
            List.of(TableDraft.INSTANT, TableDraft.INSTANT, TableDraft.LOCAL, TableDraft.DATE);

    private final Dice dice;

    /** Whether every end is certain to come: then nothing personal may outlive all periods. */
    private final boolean certain;

    final List<TableDraft> tables = new ArrayList<>();

    SchemaDraft(Dice dice, boolean certain) {
        this.dice = dice;
        this.certain = certain;
    }

    List<TableDraft> draft() {
        int kinds = dice.chance(30) ? 2 : 1;
        for (int i = 0; i < kinds; i++) {
            person("person" + i, "k" + i);
        }
        int owned = dice.between(1, 5);
        for (int i = 0; i < owned; i++) {
            owned("t" + i);
        }
        if (dice.chance(40)) {
            shared("shared");
        }
        if (dice.chance(20)) {
            nobodys("facts");
        }
        if (dice.chance(30)) {
            loose();
        }
        return tables;
    }

    private TableDraft table(String name, boolean personal) {
        TableDraft table = new TableDraft(
                dice.chance(10) ? new TableName("crm", name) : new TableName(TableName.DEFAULT_SCHEMA, name), personal);
        tables.add(table);
        return table;
    }

    private void simpleKey(TableDraft table) {
        if (dice.chance(15)) {
            table.column("part", "integer", true, Content.KEY);
            table.key.add("part");
            table.notPersonal("part");
        }
        table.column("id", "bigint", true, Content.KEY);
        table.key.add("id");
    }

    private List<TableDraft> personal() {
        return tables.stream()
                .filter(table -> table.personal && !table.shared())
                .toList();
    }

    // ---- persons -----------------------------------------------------------------------------------------------

    private void person(String name, String kind) {
        TableDraft table = table(name, true);
        table.kind = Optional.of(kind);
        if (dice.chance(20)) {
            table.column("email", "text", true, Content.EMAIL);
            table.key.add("email");
        } else {
            simpleKey(table);
            if (dice.chance(40)) {
                table.column("email", "text", false, Content.EMAIL);
            }
        }
        event(table, "opened", Content.PAST_DATE, certain || dice.chance(70));
        if (dice.chance(50)) {
            event(table, "seen", Content.RARE_DATE, false);
        }
        if (dice.chance(60)) {
            event(table, "closed", Content.RARE_DATE, false);
        }
        if (dice.chance(15)) {
            LinkDraft link = link(table, table, "referrer", true, false);
            table.link(link, dice.chance(50) ? Action.SET_NULL : Action.NO_ACTION);
            if (dice.chance(50) && !certain && !table.key.contains("email")) {
                table.entries.put("referrer", link);
                table.entryKinds.put("referrer", kind);
            }
        }
        personalColumns(table, dice.between(1, 3));
    }

    // ---- owned tables ------------------------------------------------------------------------------------------

    private void owned(String name) {
        List<TableDraft> targets = personal();
        TableDraft table = table(name, true);
        int owners = dice.chance(25) ? 2 : 1;
        boolean joinTable = owners == 2 && dice.chance(30);
        boolean keyless = !joinTable && dice.chance(12);
        if (!joinTable && !keyless) {
            simpleKey(table);
        }
        for (int i = 0; i < owners; i++) {
            owner(table, "r" + i, dice.chance(60) ? dice.pick(targets) : targets.getLast(), joinTable);
        }
        boolean ownDate = owners > 1 || dice.chance(65) || (certain && !table.alwaysOwned());
        if (ownDate) {
            event(table, "made", Content.PAST_DATE, certain || dice.chance(60));
        }
        if (dice.chance(25)) {
            event(table, "done", Content.RARE_DATE, false);
        }
        if (!keyless && !joinTable && dice.chance(20)) {
            LinkDraft parent = link(table, table, "parent", true, false);
            table.link(parent, dice.pick(ACTIONS));
            table.replies = Optional.of(new Table.Replies(parent.columns(), dice.chance(50)));
        }
        if (dice.chance(30)) {
            table.column("state", "text", dice.chance(70), Content.STATE);
            table.notPersonal("state");
        }
        personalColumns(table, dice.between(0, 3));
        unowned(table);
    }

    private void owner(TableDraft table, String role, TableDraft target, boolean inKey) {
        boolean byValue =
                !inKey && target.columns.containsKey("email") && !target.key.contains("email") && dice.chance(15);
        if (byValue) {
            table.column(role + "_email", "text", dice.chance(30), Content.EMAIL);
            LinkDraft link = new LinkDraft(
                    target, List.of(role + "_email"), List.of("email"), false, true, !table.notNull(role + "_email"));
            table.links.add(link);
            table.entries.put(role, link);
            if (target.kind.isPresent()) {
                table.entryKinds.put(role, target.kind.get());
            }
            return;
        }
        if (target.key.isEmpty()) {
            owner(table, role, tables.getFirst(), inKey);
            return;
        }
        boolean nullable = !inKey && dice.chance(45);
        LinkDraft link = link(table, target, role, nullable, dice.chance(15));
        table.link(link, dice.pick(ACTIONS));
        table.entries.put(role, link);
        if (target.kind.isPresent() && (dice.chance(70) || target.entries.isEmpty())) {
            table.entryKinds.put(role, target.kind.get());
        }
        if (inKey) {
            link.columns().stream().filter(c -> !table.key.contains(c)).forEach(table.key::add);
        }
    }

    private LinkDraft link(TableDraft from, TableDraft to, String prefix, boolean nullable, boolean declared) {
        List<String> columns = new ArrayList<>();
        for (String target : to.key) {
            boolean sharesPart = target.equals("part") && from.key.contains("part") && from != to && dice.chance(30);
            String column = sharesPart ? "part" : prefix + "_" + target;
            if (!sharesPart) {
                from.column(column, to.type(target), !nullable, Content.LINK);
            }
            columns.add(column);
        }
        return new LinkDraft(to, columns, List.copyOf(to.key), !declared, false, nullable);
    }

    private void unowned(TableDraft table) {
        boolean dated = table.events.containsKey(event(table, "made"));
        if (certain && !table.alwaysOwned()) {
            table.unowned = Optional.of(after(table));
        } else if (!certain && dice.chance(50)) {
            table.unowned = Optional.of(dated && dice.chance(70) ? after(table) : new Table.Unowned.Keep());
        }
    }

    private Table.Unowned after(TableDraft table) {
        return new Table.Unowned.After(event(table, "made"), new Span(dice.between(0, 12), Span.Unit.MONTH));
    }

    // ---- shared rows, rows of nobody, further links ------------------------------------------------------------

    private void shared(String name) {
        List<TableDraft> owners =
                dice.some(personal().stream().filter(t -> !t.ways().isEmpty()).toList(), 40);
        TableDraft table = table(name, true);
        table.column("id", "bigint", true, Content.KEY);
        table.key.add("id");
        if (certain || dice.chance(60)) {
            event(table, "made", Content.PAST_DATE, certain || dice.chance(60));
        }
        for (TableDraft owner : owners) {
            String column = name + "_id";
            boolean nullable = dice.chance(70);
            owner.column(column, "bigint", !nullable, Content.LINK);
            LinkDraft link = new LinkDraft(table, List.of(column), List.of("id"), true, false, nullable);
            owner.link(link, dice.pick(ACTIONS));
            owner.pointing.add(link);
            table.pointers.add(new Table.Pointer(owner.name, List.of(column)));
        }
        personalColumns(table, dice.between(1, 2));
        boolean dated = table.events.containsKey(event(table, "made"));
        if (certain || dice.chance(70)) {
            table.unowned =
                    Optional.of(dated && (certain || dice.chance(50)) ? after(table) : new Table.Unowned.Keep());
        }
    }

    private void nobodys(String name) {
        TableDraft table = table(name, false);
        table.column("id", "bigint", true, Content.KEY);
        table.key.add("id");
        List<TableDraft> targets =
                tables.stream().filter(t -> t.personal && !t.key.isEmpty()).toList();
        table.link(link(table, dice.pick(targets), "about", dice.chance(50), false), dice.pick(ACTIONS));
        table.column("figure", "bigint", false, Content.NUMBER);
    }

    /** A nullable foreign key from anywhere to anywhere: circles, references that own nothing. */
    private void loose() {
        List<TableDraft> targets =
                tables.stream().filter(t -> t.personal && !t.key.isEmpty()).toList();
        TableDraft from = dice.pick(targets);
        TableDraft to = dice.pick(targets);
        if ((from == to && from.shared()) || goesWithOwnersOf(from, to)) {
            return;
        }
        from.link(link(from, to, "loose", true, false), dice.pick(ACTIONS));
    }

    /**
     * Whether rows of one table can go only with or after those that own rows of a shared one. What these refer to without owning it stays,
     * emptied, when its last owner goes first ({@code docs/semantics.md} section 5); whether it does, only the order of the rows says.
     */
    private boolean goesWithOwnersOf(TableDraft from, TableDraft shared) {
        return shared.shared()
                && owners(shared)
                        .anyMatch(
                                owner -> owner == from || owner.ways().stream().anyMatch(way -> way.contains(from)));
    }

    private Stream<TableDraft> owners(TableDraft shared) {
        return tables.stream().filter(table -> table.pointing.stream().anyMatch(link -> link.to() == shared));
    }

    // ---- columns -----------------------------------------------------------------------------------------------

    static String event(TableDraft table, String happening) {
        return table.name.name() + "." + happening;
    }

    private void event(TableDraft table, String happening, Content content, boolean notNull) {
        table.column(happening, dice.pick(DATE_TYPES), notNull, content);
        table.notPersonal(happening);
        Table.Absent absent = certain || dice.chance(40) ? Table.Absent.NEVER : Table.Absent.UNKNOWN;
        List<TableName> dates = dated(table, content);
        table.events.put(
                event(table, happening),
                new Table.Event(
                        event(table, happening),
                        happening,
                        dates,
                        dice.chance(15),
                        absent,
                        Optional.empty(),
                        List.of()));
    }

    /** The tables above that the event dates, too. */
    private List<TableName> dated(TableDraft table, Content content) {
        if (table.kind.isPresent() || table.shared() || content != Content.PAST_DATE || !dice.chance(50)) {
            return List.of();
        }
        List<TableName> above = table.ways().stream()
                .flatMap(way -> way.stream().skip(1))
                .filter(other -> other != table && !other.shared())
                .map(other -> other.name)
                .distinct()
                .toList();
        return above.isEmpty() ? List.of() : List.of(dice.pick(above));
    }

    private void personalColumns(TableDraft table, int count) {
        IntStream.range(0, count).forEach(i -> {
            String column = "c" + i;
            int what = dice.between(0, 9);
            if (what == 0) {
                table.column(column, "jsonb", false, Content.DOCUMENT);
            } else if (what == 1) {
                table.column(column, "bigint", false, Content.NUMBER);
            } else {
                table.column(column, "text", dice.chance(25), Content.TEXT);
                if (!table.notNull(column) && dice.chance(15)) {
                    table.unique.add(new UniqueKey(
                            table.name.name() + "_" + column, List.of(column), false, false, Optional.empty()));
                }
            }
            table.personalColumns.add(column);
        });
        if (table.columns.containsKey("email")) {
            table.personalColumns.add("email");
        }
        table.columns.keySet().stream()
                .filter(column -> column.endsWith("_email"))
                .forEach(table.personalColumns::add);
    }
}
