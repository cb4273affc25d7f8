package dev.kept.core.model.random;

import dev.kept.core.datamap.Catalogue.UniqueKey;
import dev.kept.core.datamap.TableName;
import dev.kept.core.model.Database;
import dev.kept.core.model.Values;
import dev.kept.core.model.random.TableDraft.Content;
import dev.kept.core.model.random.TableDraft.LinkDraft;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes rows that keep every constraint; each personal text is a word that stands nowhere else. */
final class RowMaker {

    /** How often a row is tried again whose key or unique value is there already. */
    private static final int TRIES = 5;

    private final Dice dice;
    private final List<TableDraft> tables;
    private final boolean certain;
    private final boolean sentinels;
    private final Map<TableName, List<Map<String, @Nullable Object>>> rows = new LinkedHashMap<>();
    private long next = 1;

    RowMaker(Dice dice, List<TableDraft> tables, Scenario scenario) {
        this.dice = dice;
        this.tables = tables;
        this.certain = scenario.certain();
        this.sentinels = !scenario.store().sentinels().isEmpty();
        tables.forEach(table -> rows.put(table.name, new ArrayList<>()));
    }

    Database database() {
        return new Database(rows);
    }

    /** Goes on with what an executor left. */
    void replace(Database database) {
        rows.replaceAll((table, old) -> {
            List<Map<String, @Nullable Object>> copy = new ArrayList<>();
            database.rows(table).forEach(row -> copy.add(new LinkedHashMap<>(row)));
            return copy;
        });
    }

    List<Map<String, @Nullable Object>> rows(TableDraft table) {
        return Objects.requireNonNull(rows.get(table.name));
    }

    /** Fills the tables, parents first, with rows of up to three years before {@code now}. */
    void fill(Instant now) {
        for (TableDraft table : byNeed()) {
            int count = table.kind.isPresent() ? dice.between(2, 4) : dice.between(1, 6);
            for (int i = 0; i < count; i++) {
                insert(table, now.minus(Duration.ofDays(dice.between(0, 1100))));
            }
        }
    }

    /** Tables after those they must point to. */
    private List<TableDraft> byNeed() {
        List<TableDraft> ordered = new ArrayList<>();
        while (ordered.size() < tables.size()) {
            for (TableDraft table : tables) {
                boolean ready = table.links.stream()
                        .filter(link -> link.to() != table)
                        .allMatch(link -> link.nullable() || ordered.contains(link.to()));
                if (!ordered.contains(table) && ready) {
                    ordered.add(table);
                }
            }
        }
        return ordered;
    }

    void insert(TableDraft table, Instant at) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Map<String, @Nullable Object>> row = row(table, at);
            if (row.isPresent() && !collides(table, row.get())) {
                rows(table).add(row.get());
                return;
            }
        }
    }

    private Optional<Map<String, @Nullable Object>> row(TableDraft table, Instant at) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        table.columns.keySet().forEach(column -> row.put(column, value(table, column, at)));
        for (LinkDraft link : table.links) {
            if (!point(table, row, link)) {
                return Optional.empty();
            }
        }
        if (!table.links.stream().filter(LinkDraft::foreignKey).allMatch(link -> leads(row, link))) {
            return Optional.empty();
        }
        table.links.forEach(link -> notBefore(table, row, link));
        return Optional.of(row);
    }

    /** Two links that share a column may each have pointed it elsewhere. */
    private boolean leads(Map<String, @Nullable Object> row, LinkDraft link) {
        return link.columns().stream().anyMatch(column -> row.get(column) == null)
                || rows(link.to()).stream()
                        .anyMatch((Map<String, @Nullable Object> target) -> leads(row, link, target));
    }

    private static boolean leads(
            Map<String, @Nullable Object> row, LinkDraft link, Map<String, @Nullable Object> target) {
        return IntStream.range(0, link.columns().size())
                .allMatch(i -> Values.same(
                        row.get(link.columns().get(i)),
                        target.get(link.targets().get(i))));
    }

    /** What belongs to a row is made after it. */
    private void notBefore(TableDraft table, Map<String, @Nullable Object> row, LinkDraft link) {
        for (Map<String, @Nullable Object> target : rows(link.to())) {
            if (leads(row, link, target)) {
                made(link.to(), target).ifPresent(first -> later(table, row, first));
            }
        }
    }

    private static Optional<LocalDate> made(TableDraft table, Map<String, @Nullable Object> row) {
        return dates(table).map(row::get).flatMap(value -> day(value).stream()).max(LocalDate::compareTo);
    }

    private static void later(TableDraft table, Map<String, @Nullable Object> row, LocalDate first) {
        dates(table)
                .filter(column -> day(row.get(column)).filter(first::isAfter).isPresent())
                .forEach(column -> row.put(
                        column, moment(table.type(column), first.atTime(12, 0).toInstant(ZoneOffset.UTC))));
    }

    private static Stream<String> dates(TableDraft table) {
        return table.contents.keySet().stream().filter(column -> table.contents.get(column) == Content.PAST_DATE);
    }

    private static Optional<LocalDate> day(@Nullable Object value) {
        return switch (value) {
            case LocalDate date -> Optional.of(date);
            case LocalDateTime local -> Optional.of(local.toLocalDate());
            case Instant instant -> Optional.of(instant.atZone(ZoneOffset.UTC).toLocalDate());
            case null, default -> Optional.empty();
        };
    }

    private @Nullable Object value(TableDraft table, String column, Instant at) {
        boolean empty = !table.notNull(column) && dice.chance(20);
        return switch (Objects.requireNonNull(table.contents.get(column))) {
            case KEY -> table.type(column).equals("integer") ? Long.valueOf(dice.between(1, 2)) : Long.valueOf(next++);
            case LINK -> null;
            case TEXT -> empty ? null : "word~" + next++;
            case NUMBER -> empty ? null : Long.valueOf(1000 + next++);
            case DOCUMENT -> empty ? null : document();
            case EMAIL -> empty ? null : "Mail~" + next++ + "@Example.org";
            case PAST_DATE -> empty ? null : moment(table.type(column), at);
            case RARE_DATE -> {
                if (sentinels && dice.chance(10)) {
                    yield infinity(table.type(column));
                }
                yield dice.chance(65)
                        ? null
                        : moment(table.type(column), at.plus(Duration.ofDays(dice.between(0, 300))));
            }
            case STATE -> empty ? null : dice.pick(List.of("open", "sent", "done", "lost"));
        };
    }

    private Object document() {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        if (dice.chance(80)) {
            document.put("a", "word~" + next++);
        }
        if (dice.chance(80)) {
            document.put("b", new LinkedHashMap<>(Map.of("x", "word~" + next++, "y", "kept")));
        }
        return document;
    }

    /** At an hour at which no zone changes its clocks. */
    static Object moment(String type, Instant at) {
        LocalDateTime noon = at.atZone(ZoneOffset.UTC).toLocalDate().atTime(12, 0);
        return switch (type) {
            case TableDraft.LOCAL -> noon;
            case TableDraft.DATE -> noon.toLocalDate();
            default -> noon.toInstant(ZoneOffset.UTC);
        };
    }

    private static Object infinity(String type) {
        return switch (type) {
            case TableDraft.LOCAL -> LocalDateTime.MAX;
            case TableDraft.DATE -> LocalDate.MAX;
            default -> Instant.MAX;
        };
    }

    /** Points the link at some row there, or nowhere; false where it must point and nothing is there. */
    private boolean point(TableDraft table, Map<String, @Nullable Object> row, LinkDraft link) {
        List<Map<String, @Nullable Object>> targets = rows(link.to());
        boolean tree = table.replies.filter(r -> r.via().equals(link.columns())).isPresent();
        boolean nowhere = targets.isEmpty() || (link.nullable() && dice.chance(tree ? 40 : 20));
        if (nowhere && !link.nullable()) {
            if (link.foreignKey() || certain) {
                return false;
            }
            link.columns()
                    .forEach(column ->
                            row.put(column, table.type(column).equals("text") ? "nobody~" + next++ : (Object) 0L));
            return true;
        }
        if (nowhere) {
            return true;
        }
        Map<String, @Nullable Object> target = dice.pick(targets);
        for (int i = 0; i < link.columns().size(); i++) {
            Object value = target.get(link.targets().get(i));
            if (value == null) {
                return link.nullable() || (!link.foreignKey() && put(row, link, "nobody~" + next++));
            }
            row.put(link.columns().get(i), link.casefold() ? typed(value.toString()) : value);
        }
        return true;
    }

    private static boolean put(Map<String, @Nullable Object> row, LinkDraft link, Object value) {
        link.columns().forEach(column -> row.put(column, value));
        return true;
    }

    /** As people type addresses: never twice the same. */
    private String typed(String address) {
        return switch (dice.between(0, 2)) {
            case 0 -> address.toLowerCase(Locale.ROOT);
            case 1 -> "  " + address.toUpperCase(Locale.ROOT) + " ";
            default -> address;
        };
    }

    private boolean collides(TableDraft table, Map<String, @Nullable Object> row) {
        List<List<String>> keys = new ArrayList<>();
        if (!table.key.isEmpty()) {
            keys.add(table.key);
        }
        table.unique.stream().map(UniqueKey::columns).forEach(keys::add);
        return keys.stream()
                .anyMatch(key -> rows(table).stream()
                        .anyMatch(other -> key.stream()
                                .allMatch(column ->
                                        row.get(column) != null && Values.same(row.get(column), other.get(column)))));
    }

    // ---- what happens later ------------------------------------------------------------------------------------

    /** Something happens to a row of the table: somebody logs in, closes an account, a state changes, consent is given or withdrawn. */
    void change(TableDraft table, Instant now) {
        List<String> changing = table.contents.keySet().stream()
                .filter(column ->
                        table.contents.get(column) == Content.RARE_DATE || table.contents.get(column) == Content.STATE)
                .toList();
        if (changing.isEmpty() || rows(table).isEmpty()) {
            return;
        }
        String column = dice.pick(changing);
        boolean state = table.contents.get(column) == Content.STATE;
        dice.pick(rows(table))
                .put(
                        column,
                        state ? dice.pick(List.of("open", "sent", "done", "lost")) : moment(table.type(column), now));
    }
}
