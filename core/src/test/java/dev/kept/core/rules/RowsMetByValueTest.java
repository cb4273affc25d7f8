package dev.kept.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Facts.What;
import dev.kept.core.model.Comparison;
import dev.kept.core.model.Database;
import dev.kept.core.model.Model;
import dev.kept.core.model.Plain;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random rows, facts and scopes on the map of {@code rules/by-value-ended.yaml}: random schemas seldom hold what it shows. */
class RowsMetByValueTest {

    private static final int ROUNDS = 1500;

    private static final List<String> ADDRESSES = List.of(
            "ada@example.org",
            " ADA@example.org ",
            "bob@example.org",
            "Bob@Example.org",
            "eve@example.org",
            "nobody@x.y",
            "");
    private static final List<LocalDate> DATES = List.of(
            LocalDate.of(2015, 1, 1),
            LocalDate.of(2023, 1, 1),
            LocalDate.of(2025, 6, 1),
            LocalDate.of(2026, 6, 2),
            LocalDate.of(2027, 1, 1));

    private final RuleExample example = RuleExamples.of("by-value-ended").getFirst();

    @Test
    void what_is_left_of_rows_met_by_value_is_what_the_model_says() {
        int emptied = 0;
        for (long seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            Database before = rows(random);
            Model.Question question = new Model.Question(
                    example.notice(), example.store(), example.catalogue(), before, example.asOf(), facts(random));
            List<Model.Persons> scope = random.nextBoolean()
                    ? List.of()
                    : List.of(new Model.Persons("guest", List.of(List.of(Long.toString(1 + random.nextInt(3))))));
            Database after = new MemorySweep().sweep(question, scope);

            assertThat(Comparison.differences(
                            before, Plain.of(Model.sweep(question, scope).after(), example.catalogue()), after))
                    .as("seed %d, %s, %s\n%s", seed, scope, question.facts(), before)
                    .isEmpty();
            emptied += blank(after) - blank(before);
        }
        assertThat(emptied).isGreaterThan(ROUNDS / 10);
    }

    private static int blank(Database database) {
        return (int) database.rows(TableName.parse("orders")).stream()
                .filter(row -> row.get("address") == null)
                .count();
    }

    private Database rows(Random random) {
        Map<TableName, List<Map<String, @Nullable Object>>> tables = new LinkedHashMap<>();
        List<String> own = List.of("Ada@example.org", "bob@example.org", "eve@example.org");
        tables.put(
                TableName.parse("guests"),
                LongStream.range(1, 4)
                        .filter(id -> random.nextInt(5) > 0)
                        .mapToObj(id ->
                                row("id", id, "email", own.get((int) id - 1), "name", "n", "closed", closed(random)))
                        .toList());
        List<Map<String, @Nullable Object>> orders = some(
                random,
                5,
                id -> row(
                        "id",
                        id,
                        "address",
                        address(random, true),
                        "placed",
                        date(random),
                        "note",
                        "note",
                        "total",
                        BigDecimal.ONE));
        tables.put(TableName.parse("orders"), orders);
        tables.put(
                TableName.parse("lines"),
                orders.isEmpty()
                        ? List.of()
                        : some(
                                random,
                                4,
                                id -> row(
                                        "id",
                                        id,
                                        "order_id",
                                        orders.get(random.nextInt(orders.size()))
                                                .get("id"),
                                        "gift",
                                        "gift",
                                        "item",
                                        "item")));
        tables.put(
                TableName.parse("receipts"),
                some(
                        random,
                        3,
                        id -> row(
                                "id",
                                id,
                                "address",
                                address(random, false),
                                "placed",
                                date(random),
                                "total",
                                BigDecimal.ONE)));
        tables.put(
                TableName.parse("advices"),
                some(
                        random,
                        3,
                        id -> row("id", id, "address", address(random, true), "placed", date(random), "said", "said")));
        return new Database(tables);
    }

    private interface Making {
        Map<String, @Nullable Object> row(long id);
    }

    private static List<Map<String, @Nullable Object>> some(Random random, int most, Making making) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        IntStream.rangeClosed(1, random.nextInt(most + 1)).forEach(id -> rows.add(making.row(id)));
        return rows;
    }

    private static Map<String, @Nullable Object> row(@Nullable Object... columns) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.length; i += 2) {
            row.put(String.valueOf(columns[i]), columns[i + 1]);
        }
        return row;
    }

    private static @Nullable String address(Random random, boolean orNone) {
        return orNone && random.nextInt(6) == 0 ? null : ADDRESSES.get(random.nextInt(ADDRESSES.size()));
    }

    private static LocalDate date(Random random) {
        return DATES.get(random.nextInt(DATES.size()));
    }

    private static @Nullable LocalDate closed(Random random) {
        return random.nextInt(4) == 0
                ? null
                : random.nextBoolean() ? LocalDate.of(2027, 5, 31) : LocalDate.of(2026, 1, 1);
    }

    private static Facts facts(Random random) {
        List<Facts.PersonFact> persons = new ArrayList<>();
        for (What what :
                List.of(new What.Erased(), new What.Restricted(), new What.Ended("orders"), new What.Ended("advice"))) {
            if (random.nextInt(3) == 0) {
                persons.add(
                        new Facts.PersonFact(what, "guest", List.of(List.of(Long.toString(1 + random.nextInt(3))))));
            }
        }
        List<Facts.Hold> holds = random.nextInt(4) == 0
                ? List.of(new Facts.Hold(TableName.parse("orders"), List.of(List.of("1"))))
                : List.of();
        return new Facts(persons, holds);
    }
}
