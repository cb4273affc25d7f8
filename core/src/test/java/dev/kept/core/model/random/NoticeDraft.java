package dev.kept.core.model.random;

import dev.kept.core.datamap.Column;
import dev.kept.core.datamap.Table;
import dev.kept.core.model.random.TableDraft.Content;
import dev.kept.core.notice.Category;
import dev.kept.core.notice.Controller;
import dev.kept.core.notice.End;
import dev.kept.core.notice.LegalBasis;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.OnRequest;
import dev.kept.core.notice.Span;
import dev.kept.core.notice.Use;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Thinks up uses for tables: their ends, their data, and which columns serve them. */
final class NoticeDraft {

    private static final List<LegalBasis> BASES = List.of(LegalBasis.values());

    private final Dice dice;
    private final boolean certain;
    private final List<TableDraft> tables;
    private final Map<String, Use> uses = new LinkedHashMap<>();
    private final Map<String, TableDraft> anchors = new LinkedHashMap<>();

    NoticeDraft(Dice dice, boolean certain, List<TableDraft> tables) {
        this.dice = dice;
        this.certain = certain;
        this.tables = tables;
    }

    Notice draft(ZoneId zone) {
        List<TableDraft> owned =
                tables.stream().filter(t -> t.personal && !t.shared()).toList();
        for (TableDraft table : owned) {
            int count = table.kind.isPresent() ? dice.between(1, 2) : dice.between(0, 1);
            for (int i = 0; i < count; i++) {
                use(table, "u" + uses.size());
            }
        }
        for (TableDraft table : owned) {
            serve(table);
            if (table.uses.isEmpty()) {
                use(table, "u" + uses.size());
                serve(table);
            }
        }
        tables.stream().filter(TableDraft::shared).forEach(this::serveShared);
        tables.stream().filter(t -> t.personal).forEach(this::columns);
        Map<String, Category> collects = new LinkedHashMap<>();
        uses.keySet()
                .forEach(id -> collects.put(
                        "d" + id, new Category("d" + id, List.of("you"), List.of(), Optional.empty(), false)));
        return new Notice(
                "random",
                List.of("en"),
                new Controller("Random", "privacy@random.example", "here", zone),
                new Notice.Covers(List.of(), List.of(), List.of()),
                collects,
                uses,
                Map.of(),
                List.of(),
                Map.of(),
                new Notice.Keeps(Optional.empty(), Notice.Then.DELETE, "isolate"),
                Map.of(),
                new Notice.Contact("privacy@random.example", "here"),
                new Notice.Rights(Optional.empty(), List.of()));
    }

    // ---- uses --------------------------------------------------------------------------------------------------

    private void use(TableDraft anchor, String id) {
        List<String> events = events(anchor);
        if (events.isEmpty()) {
            return;
        }
        LegalBasis basis = dice.pick(BASES);
        boolean marketing = basis == LegalBasis.LEGITIMATE_INTERESTS && dice.chance(50);
        facts(anchor, id, basis, marketing);
        if (anchor.columns.containsKey("state") && anchor.whiles.isEmpty() && dice.chance(60)) {
            anchor.whiles.put(
                    anchor.name.name() + ".open",
                    new Table.While(
                            anchor.name.name() + ".open",
                            List.of(new Table.ColumnValues("state", List.of("open", "sent"), false)),
                            anchor.events.values().stream()
                                    .flatMap(e -> e.dates().stream())
                                    .distinct()
                                    .toList()));
        }
        List<End> ends = ends(events);
        List<String> begins = ends.getFirst().clauses().getFirst().events();
        Set<String> data = new LinkedHashSet<>(Set.of("d" + id));
        uses.keySet().stream().filter(other -> dice.chance(30)).forEach(other -> data.add("d" + other));
        uses.put(
                id,
                new Use(
                        id,
                        "uses." + id,
                        basis,
                        Optional.empty(),
                        List.of(),
                        data,
                        certain || dice.chance(20) ? Optional.of(begins.getLast()) : Optional.empty(),
                        ends,
                        dice.chance(20) ? dice.pick(List.of(OnRequest.values())) : OnRequest.defaultFor(basis),
                        List.of(),
                        marketing,
                        Optional.empty(),
                        Optional.empty()));
        anchors.put(id, anchor);
    }

    private List<End> ends(List<String> events) {
        List<End> ends = new ArrayList<>();
        ends.add(clause(dice.some(shuffled(events), 35)));
        if (dice.chance(40)) {
            ends.add(
                    dice.chance(25) && !certain
                            ? new End.LastOf(
                                    List.of(clause(List.of(dice.pick(events))), clause(List.of(dice.pick(events)))))
                            : clause(List.of(dice.pick(events))));
        }
        return ends;
    }

    private End.Clause clause(List<String> chain) {
        return new End.Clause(sensible(chain), span(), dice.chance(10), dice.chance(30));
    }

    /** What falls back from an event that dates rows above does so no further below: it would be later than what it stands in for. */
    private List<String> sensible(List<String> chain) {
        for (int i = 0; i < chain.size(); i++) {
            TableDraft from = anchor(chain.get(i));
            boolean datesOthers = !Objects.requireNonNull(from.events.get(chain.get(i)))
                    .dates()
                    .isEmpty();
            if (datesOthers) {
                List<String> above = new ArrayList<>(chain.subList(0, i + 1));
                chain.subList(i + 1, chain.size()).stream()
                        .filter(later -> anchor(later).kind.isPresent())
                        .forEach(above::add);
                return above;
            }
        }
        return chain;
    }

    private TableDraft anchor(String event) {
        return tables.stream()
                .filter(table -> table.events.containsKey(event))
                .findFirst()
                .orElseThrow();
    }

    private Span span() {
        return switch (dice.between(0, 5)) {
            case 0 -> new Span(dice.between(0, 90), Span.Unit.DAY);
            case 1 -> new Span(dice.between(1, 8), Span.Unit.WEEK);
            case 2 -> new Span(dice.between(1, 3), Span.Unit.YEAR);
            default -> new Span(dice.between(1, 18), Span.Unit.MONTH);
        };
    }

    private List<String> shuffled(List<String> events) {
        List<String> left = new ArrayList<>(events);
        List<String> shuffled = new ArrayList<>();
        while (!left.isEmpty()) {
            String next = dice.pick(left);
            left.remove(next);
            shuffled.add(next);
        }
        return shuffled;
    }

    /** Events that every row of the table can find; where ends must be certain, of these the ones that lie in the row itself or above. */
    private List<String> events(TableDraft table) {
        return tables.stream()
                .flatMap(other -> other.events.keySet().stream())
                .filter(event -> table.finds(event, tables))
                .filter(event -> !certain || table.alwaysOwned() || table.events.containsKey(event))
                .toList();
    }

    private void facts(TableDraft anchor, String id, LegalBasis basis, boolean marketing) {
        Table.Absent absent = dice.chance(50) ? Table.Absent.NEVER : Table.Absent.UNKNOWN;
        if (basis == LegalBasis.CONSENT && dice.chance(20)) {
            anchor.facts.put(
                    id,
                    new Table.UseFacts(
                            id,
                            true,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Table.Absent.UNKNOWN));
        } else if (basis == LegalBasis.CONSENT && dice.chance(60)) {
            String given = id + "_given";
            String withdrawn = id + "_withdrawn";
            List.of(given, withdrawn).forEach(column -> {
                anchor.column(column, TableDraft.INSTANT, false, Content.RARE_DATE);
                anchor.notPersonal(column);
            });
            anchor.facts.put(
                    id,
                    new Table.UseFacts(
                            id,
                            false,
                            Optional.of(given),
                            Optional.of(withdrawn),
                            Optional.empty(),
                            Optional.empty(),
                            absent));
        } else if (marketing && dice.chance(60)) {
            anchor.column(id + "_objected", TableDraft.DATE, false, Content.RARE_DATE);
            anchor.notPersonal(id + "_objected");
            anchor.facts.put(
                    id,
                    new Table.UseFacts(
                            id,
                            false,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(id + "_objected"),
                            Optional.empty(),
                            absent));
        } else if (basis == LegalBasis.CONSENT && anchor.columns.containsKey("state") && dice.chance(50)) {
            anchor.facts.put(
                    id,
                    new Table.UseFacts(
                            id,
                            false,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(new Table.ColumnValues("state", List.of("open", "sent", "done"), false)),
                            absent));
        }
    }

    // ---- which table serves which use --------------------------------------------------------------------------

    private void serve(TableDraft table) {
        List<String> possible =
                uses.keySet().stream().filter(id -> serves(table, id)).toList();
        anchors.forEach((id, anchor) -> {
            if (anchor == table) {
                table.uses.add(id);
            }
        });
        if (table.uses.isEmpty() || dice.chance(50)) {
            dice.some(possible, 30).forEach(table.uses::add);
        }
    }

    private boolean serves(TableDraft table, String id) {
        Use use = Objects.requireNonNull(uses.get(id));
        boolean found = use.clauses().stream()
                .flatMap(clause -> clause.events().stream())
                .allMatch(event -> table.finds(event, tables)
                        && (!certain || table.alwaysOwned() || table.events.containsKey(event)));
        TableDraft anchor = Objects.requireNonNull(anchors.get(id));
        boolean near = table.ways().stream().allMatch(way -> way.contains(anchor))
                || anchor.ways().stream().anyMatch(way -> way.contains(table));
        return found && near;
    }

    private void serveShared(TableDraft shared) {
        for (Table.Pointer pointer : shared.pointers) {
            TableDraft owner = tables.stream()
                    .filter(t -> t.name.equals(pointer.table()))
                    .findFirst()
                    .orElseThrow();
            shared.uses.addAll(owner.uses);
        }
    }

    // ---- columns -----------------------------------------------------------------------------------------------

    private void columns(TableDraft table) {
        for (String column : table.personalColumns) {
            if (table.contents.get(column) == Content.DOCUMENT) {
                for (String path : List.of("a", "b")) {
                    Column one = column(table, column, path.equals("a") ? List.of("a") : List.of("b", "x"));
                    table.mapped.put(one.id(), one);
                }
            } else {
                table.mapped.put(column, column(table, column, List.of()));
            }
        }
        for (TableDraft.LinkDraft pointer : table.pointing) {
            if (dice.chance(70)) {
                String column = pointer.columns().getFirst();
                table.mapped.put(column, column(table, column, List.of()));
            }
        }
        valuesThatMeet(table);
    }

    /** Values by which rows meet owners are often somebody's data. Chosen without the dice, so that seeds go on to mean the same schemas. */
    private void valuesThatMeet(TableDraft table) {
        List<String> served = List.copyOf(table.uses);
        for (TableDraft.LinkDraft link : table.entries.values()) {
            String column = link.columns().getFirst();
            int choice = Math.floorMod((table.name + column + uses.size()).hashCode(), 3 * Math.max(1, served.size()));
            if (!link.foreignKey() && link.columns().size() == 1 && choice < 2 * served.size()) {
                String category = "d" + served.get(choice % served.size());
                table.mapped.put(
                        column,
                        new Column(
                                column,
                                List.of(),
                                List.of(category),
                                false,
                                choice < served.size() ? List.of(served.get(choice)) : List.of(),
                                List.of(),
                                Optional.empty(),
                                Optional.empty()));
            }
        }
    }

    private Column column(TableDraft table, String name, List<String> path) {
        if (table.uses.isEmpty()) {
            return new Column(name, path, List.of(), true, List.of(), List.of(), Optional.empty(), Optional.empty());
        }
        String category = "d" + dice.pick(List.copyOf(table.uses));
        List<String> served = table.uses.stream()
                .filter(id -> Objects.requireNonNull(uses.get(id)).data().contains(category))
                .toList();
        List<String> onlyFor = dice.chance(30) ? dice.some(served, 50) : List.of();
        boolean several = table.entries.size() > 1 && dice.chance(50);
        List<String> of = several ? dice.some(List.copyOf(table.entries.keySet()), 40) : List.of();
        boolean text = table.type(name).equals("text") && table.contents.get(name) == Content.TEXT;
        boolean constant =
                path.isEmpty() && text && (table.notNull(name) || dice.chance(10)) && unconstrained(table, name);
        return new Column(
                name,
                path,
                List.of(category),
                false,
                onlyFor,
                of,
                constant ? Optional.of("-") : Optional.empty(),
                Optional.empty());
    }

    private static boolean unconstrained(TableDraft table, String column) {
        return table.unique.stream().noneMatch(key -> key.columns().contains(column));
    }
}
