package dev.kept.core.memory;

import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Statistics.Form;
import dev.kept.core.lifecycle.Grouping;
import dev.kept.core.value.ValueType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is left of rows that go, see {@link Grouping}. */
final class Grouped {

    private final MemoryStore store;
    private final MemoryMoments moments;
    private final Grouping grouping;

    Grouped(MemoryStore store, Grouping grouping) {
        this.store = store;
        this.moments = new MemoryMoments(store);
        this.grouping = grouping;
    }

    /** A row and whose it is, role by role; empty where it is nobody's in that role. */
    private record Owned(MemoryRow row, List<Optional<String>> persons) {}

    /** Adds the groups, while the rows are still there. */
    void add(Collection<MemoryRow> going) {
        List<Owned> left = new ArrayList<>();
        for (MemoryRow row : going) {
            List<Optional<String>> persons = new ArrayList<>();
            grouping.roles().forEach(role -> persons.add(person(role, row)));
            if (persons.stream().anyMatch(Optional::isPresent)) {
                left.add(new Owned(row, persons));
            }
        }
        for (List<Integer> level : grouping.levels()) {
            Map<List<Optional<String>>, List<Owned>> groups = new LinkedHashMap<>();
            left.forEach(owned -> groups.computeIfAbsent(called(owned.row(), level), name -> new ArrayList<>())
                    .add(owned));
            groups.forEach((name, rows) -> {
                if (large(rows)) {
                    store.insert(grouping.into(), figures(name, rows));
                    left.removeAll(new HashSet<>(rows));
                }
            });
        }
    }

    private boolean large(List<Owned> rows) {
        boolean somebody = false;
        for (Map<String, List<Owned>> each : byRole(rows)) {
            if (!each.isEmpty()) {
                somebody = true;
                int most = each.values().stream().mapToInt(List::size).max().orElse(0);
                int all = each.values().stream().mapToInt(List::size).sum();
                if (each.size() < grouping.atLeast() || most * 2 > all || dominated(each)) {
                    return false;
                }
            }
        }
        return somebody;
    }

    /** Of each role, its persons' rows. */
    private List<Map<String, List<Owned>>> byRole(List<Owned> rows) {
        List<Map<String, List<Owned>>> roles = new ArrayList<>();
        for (int role = 0; role < grouping.roles().size(); role++) {
            Map<String, List<Owned>> each = new HashMap<>();
            for (Owned owned : rows) {
                owned.persons()
                        .get(role)
                        .ifPresent(person -> each.computeIfAbsent(person, p -> new ArrayList<>())
                                .add(owned));
            }
            roles.add(each);
        }
        return roles;
    }

    /** One person has more than half of a sum, or it is of some persons, and fewer than a group may have. */
    private boolean dominated(Map<String, List<Owned>> each) {
        for (Grouping.Sum sum : grouping.sums()) {
            BigDecimal all = BigDecimal.ZERO;
            BigDecimal most = BigDecimal.ZERO;
            int some = 0;
            for (List<Owned> rows : each.values()) {
                BigDecimal hers = rows.stream()
                        .map(owned -> number(owned.row(), sum.of())
                                .map(BigDecimal::abs)
                                .orElse(BigDecimal.ZERO))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
                all = all.add(hers);
                most = most.max(hers);
                some += hers.signum() == 0 ? 0 : 1;
            }
            if (most.add(most).compareTo(all) > 0 || (some > 0 && some < grouping.atLeast())) {
                return true;
            }
        }
        return false;
    }

    private Map<String, @Nullable Object> figures(List<Optional<String>> name, List<Owned> rows) {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        for (int i = 0; i < name.size(); i++) {
            figures.put(grouping.common().get(i).column(), name.get(i).orElse(null));
        }
        for (Grouping.Sum sum : grouping.sums()) {
            List<BigDecimal> numbers = rows.stream()
                    .flatMap(owned -> number(owned.row(), sum.of()).stream())
                    .toList();
            figures.put(
                    sum.column(), numbers.isEmpty() ? null : numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
        }
        grouping.rows().forEach(column -> figures.put(column, rows.size()));
        grouping.persons().forEach(column -> figures.put(column, persons(rows)));
        grouping.days().forEach(day -> figures.put(day.column(), day.text()));
        return figures;
    }

    /** Of the role in which there are fewest, where it has anybody. */
    private int persons(List<Owned> rows) {
        return byRole(rows).stream()
                .mapToInt(Map::size)
                .filter(persons -> persons > 0)
                .min()
                .orElse(0);
    }

    private Optional<String> person(Grouping.Persons role, MemoryRow row) {
        return store.targets(role.path(), List.of(row)).stream()
                .flatMap(owner -> identity(role, owner).stream())
                .min(String::compareTo);
    }

    private static Optional<String> identity(Grouping.Persons role, MemoryRow row) {
        Optional<String> value = role.value()
                .flatMap(finder -> Optional.ofNullable(row.text(finder.column()))
                        .map(text -> finder.match() == Match.EXACT
                                ? text
                                : text.strip().toLowerCase(Locale.ROOT)))
                .filter(text -> !text.isEmpty());
        if (value.isPresent()) {
            return value;
        }
        List<String> key = role.key().stream()
                .flatMap(column -> Optional.ofNullable(row.text(column)).stream())
                .toList();
        return key.size() < role.key().size() ? Optional.empty() : Optional.of(key.toString());
    }

    private List<Optional<String>> called(MemoryRow row, List<Integer> level) {
        List<Optional<String>> name = new ArrayList<>();
        for (int i = 0; i < level.size(); i++) {
            Grouping.Common common = grouping.common().get(i);
            name.add(common.form(level.get(i)).flatMap(form -> Optional.ofNullable(value(common, form, row))));
        }
        return name;
    }

    private @Nullable String value(Grouping.Common common, Form form, MemoryRow row) {
        String text = row.text(common.of());
        if (text == null) {
            return null;
        }
        return switch (form) {
            case Form.Value value -> text;
            case Form.Year year ->
                date(common, row, day -> common.asDate() ? day.withDayOfYear(1).toString() : day.getYear() + "");
            case Form.Month month ->
                date(
                        common,
                        row,
                        day -> common.asDate()
                                ? day.withDayOfMonth(1).toString()
                                : day.toString().substring(0, 7));
            case Form.First(int characters) ->
                text.substring(
                        0, text.offsetByCodePoints(0, Math.min(characters, text.codePointCount(0, text.length()))));
            case Form.Network network -> network(row, common.of(), text, network);
            case Form.Steps(BigDecimal width) ->
                number(row, common.of())
                        .map(number -> number.divide(width, 0, RoundingMode.FLOOR)
                                .multiply(width)
                                .toPlainString())
                        .orElse(null);
        };
    }

    /** In a column of texts only IPv4 is recognised. */
    private @Nullable String network(MemoryRow row, String column, String text, Form.Network network) {
        String four = Networks.four(text.strip(), network.bits4());
        boolean address = store.type(row.table(), column).kind() == ValueType.Kind.OTHER;
        return four == null && address ? Networks.six(text.strip(), network.bits6()) : four;
    }

    private interface Cut {
        String of(LocalDate day);
    }

    private @Nullable String date(Grouping.Common common, MemoryRow row, Cut cut) {
        MemoryMoments.Found found = moments.find(common.moment().orElseThrow(), row);
        if (found == null) {
            return null;
        }
        return switch (found.value()) {
            case LocalDate day when day.equals(LocalDate.MAX) || day.equals(LocalDate.MIN) -> null;
            case LocalDate day -> cut.of(day);
            case Instant at when at.equals(Instant.MAX) || at.equals(Instant.MIN) -> null;
            case LocalDateTime at when at.equals(LocalDateTime.MAX) || at.equals(LocalDateTime.MIN) -> null;
            case Long at
            when found.instant().equals(Instant.MAX) || found.instant().equals(Instant.MIN) -> null;
            default -> cut.of(LocalDate.ofInstant(found.instant(), grouping.zone()));
        };
    }

    private static Optional<BigDecimal> number(MemoryRow row, String column) {
        Object value = row.value(column);
        return value == null ? Optional.empty() : Optional.of(new BigDecimal(value.toString()));
    }
}
