package dev.kept.core.model;

import dev.kept.core.datamap.Several;
import dev.kept.core.datamap.Statistics;
import dev.kept.core.datamap.Statistics.Figure;
import dev.kept.core.datamap.Statistics.Form;
import dev.kept.core.datamap.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is left of rows that go, counted the slow and obvious way: docs/map-format.md, "Anonymised instead of only deleted". */
final class Counting {

    private final Shape shape;
    private final Walks walks;
    private final LocalDate day;
    private final ZoneId zone;

    Counting(Shape shape, Walks walks, LocalDate day, ZoneId zone) {
        this.shape = shape;
        this.walks = walks;
        this.day = day;
        this.zone = zone;
    }

    /** The rows that are added to the table of figures. */
    List<Map<String, @Nullable Object>> figures(Table table, Statistics statistics, List<Row> going) {
        int least = Math.max(
                statistics.atLeast().orElse(0),
                shape.use(statistics.use()).anonymisedAtLeast().orElseThrow());
        List<Row> left = new ArrayList<>(going);
        left.removeIf(row -> shape.roles(table.name()).stream().allMatch(role -> person(row, role) == null));
        List<Map<String, @Nullable Object>> figures = new ArrayList<>();
        Map<String, Integer> given = new HashMap<>();
        while (true) {
            Map<List<@Nullable Object>, List<Row>> groups = new LinkedHashMap<>();
            for (Row row : left) {
                List<@Nullable Object> name = new ArrayList<>();
                common(statistics)
                        .forEach((column, common) -> name.add(value(row, common, given.getOrDefault(column, 0))));
                groups.computeIfAbsent(name, n -> new ArrayList<>()).add(row);
            }
            groups.forEach((name, rows) -> {
                if (large(table, statistics, rows, least)) {
                    figures.add(figure(table, statistics, name, rows));
                    left.removeAll(rows);
                }
            });
            List<String> ladders = new ArrayList<>();
            common(statistics).forEach((column, common) -> {
                if (given.getOrDefault(column, 0) < common.forms().size() - (common.droppable() ? 0 : 1)) {
                    ladders.add(column);
                }
            });
            if (ladders.isEmpty()) {
                return figures;
            }
            given.merge(ladders.getLast(), 1, Integer::sum);
        }
    }

    private static Map<String, Figure.Common> common(Statistics statistics) {
        Map<String, Figure.Common> common = new LinkedHashMap<>();
        statistics.columns().forEach((column, figure) -> {
            if (figure instanceof Figure.Common one) {
                common.put(column, one);
            }
        });
        return common;
    }

    private boolean large(Table table, Statistics statistics, List<Row> rows, int least) {
        for (Role role : shape.roles(table.name())) {
            Map<String, List<Row>> each = each(rows, role);
            int all = each.values().stream().mapToInt(List::size).sum();
            boolean few = !each.isEmpty() && each.size() < least;
            boolean most = each.values().stream().anyMatch(hers -> hers.size() > all - hers.size());
            boolean weighs = statistics.columns().values().stream()
                    .anyMatch(figure ->
                            figure instanceof Figure.Sum(String of) && (weighs(each, of) || ofFew(each, of, least)));
            if (few || most || weighs) {
                return false;
            }
        }
        return true;
    }

    private static boolean weighs(Map<String, List<Row>> each, String of) {
        BigDecimal all = each.values().stream().map(rows -> size(rows, of)).reduce(BigDecimal.ZERO, BigDecimal::add);
        return each.values().stream()
                .map(rows -> size(rows, of))
                .anyMatch(hers -> hers.compareTo(all.subtract(hers)) > 0);
    }

    /** Somebody has something in the sum, and not enough persons do. */
    private static boolean ofFew(Map<String, List<Row>> each, String of, int least) {
        long contributing = each.values().stream()
                .filter(rows -> size(rows, of).signum() != 0)
                .count();
        return contributing != 0 && contributing < least;
    }

    private static BigDecimal size(List<Row> rows, String of) {
        return rows.stream()
                .map(row -> row.get(of))
                .filter(Objects::nonNull)
                .map(number -> new BigDecimal(number.toString()).abs())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Map<String, List<Row>> each(List<Row> rows, Role role) {
        Map<String, List<Row>> each = new LinkedHashMap<>();
        for (Row row : rows) {
            String person = person(row, role);
            if (person != null) {
                each.computeIfAbsent(person, p -> new ArrayList<>()).add(row);
            }
        }
        return each;
    }

    private @Nullable String person(Row row, Role role) {
        return walks.of(row, role).stream()
                .filter(walk -> walk.person().isPresent())
                .map(walk -> known(walk.rows().getLast())
                        .orElseGet(() -> walk.person().get().key().toString()))
                .min(String::compareTo)
                .orElse(null);
    }

    /** The value by which several rows are one person. */
    private Optional<String> known(Row row) {
        return shape.map(row.table).person().stream()
                .flatMap(person -> person.foundBy().values().stream())
                .filter(finder -> finder.several() == Several.ONE_PERSON)
                .flatMap(finder -> Optional.ofNullable(row.get(finder.column())).stream())
                .map(value -> Values.joined(value, true).toString())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private Map<String, @Nullable Object> figure(
            Table table, Statistics statistics, List<@Nullable Object> name, List<Row> rows) {
        Map<String, @Nullable Object> figure = new LinkedHashMap<>();
        shape.catalogue(statistics.into()).columns().keySet().forEach(column -> figure.put(column, null));
        List<String> common = List.copyOf(common(statistics).keySet());
        statistics.columns().forEach((column, what) -> {
            Object value = switch (what) {
                case Figure.Common one -> name.get(common.indexOf(column));
                case Figure.Sum(String of) -> sum(rows, of);
                case Figure.Rows all -> (long) rows.size();
                case Figure.Persons all -> (long) persons(table, rows);
                case Figure.Day at -> day;
            };
            figure.put(column, written(statistics, column, value));
        });
        return figure;
    }

    private static @Nullable Object sum(List<Row> rows, String of) {
        List<BigDecimal> numbers = rows.stream()
                .map(row -> row.get(of))
                .filter(Objects::nonNull)
                .map(number -> new BigDecimal(number.toString()))
                .toList();
        return numbers.isEmpty() ? null : numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private int persons(Table table, List<Row> rows) {
        List<Integer> persons = new ArrayList<>();
        shape.roles(table.name()).forEach(role -> persons.add(each(rows, role).size()));
        persons.removeIf(count -> count == 0);
        return Collections.min(persons);
    }

    private @Nullable Object written(Statistics statistics, String column, @Nullable Object value) {
        String type = Objects.requireNonNull(
                        shape.catalogue(statistics.into()).columns().get(column))
                .baseType();
        return value instanceof String text && type.matches("smallint|integer|bigint|numeric")
                ? new BigDecimal(text)
                : value instanceof String text && type.equals("date")
                        ? LocalDate.parse(text + (text.length() == 4 ? "-01-01" : "-01"))
                        : value;
    }

    private @Nullable Object value(Row row, Figure.Common common, int given) {
        Object value = row.get(common.of());
        if (value == null || given == common.forms().size()) {
            return null;
        }
        return switch (common.forms().get(given)) {
            case Form.Value itself -> value;
            case Form.Year year ->
                day(value).map(d -> d.toString().substring(0, 4)).orElse(null);
            case Form.Month month ->
                day(value).map(d -> d.toString().substring(0, 7)).orElse(null);
            case Form.First(int characters) ->
                value.toString()
                        .substring(0, Math.min(characters, value.toString().length()));
            case Form.Network network -> throw new IllegalArgumentException("the model knows no networks");
            case Form.Steps(BigDecimal width) ->
                new BigDecimal(value.toString())
                        .divide(width, 0, RoundingMode.FLOOR)
                        .multiply(width);
        };
    }

    private Optional<LocalDate> day(Object value) {
        return switch (value) {
            case Instant at when !at.equals(Instant.MAX) -> Optional.of(LocalDate.ofInstant(at, zone));
            case LocalDateTime at when !at.equals(LocalDateTime.MAX) -> Optional.of(at.toLocalDate());
            case LocalDate at
            when !at.equals(LocalDate.MAX) && !at.equals(LocalDate.parse("9999-12-31")) -> Optional.of(at);
            default -> Optional.empty();
        };
    }
}
