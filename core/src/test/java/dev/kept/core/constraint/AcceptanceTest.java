package dev.kept.core.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.Check;
import dev.kept.core.datamap.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptanceTest {

    private static CatalogueColumn column(
            String name, String type, boolean notNull, List<Check> domain, String... values) {
        return new CatalogueColumn(name, type, type, notNull, false, false, domain, List.of(values));
    }

    private static Acceptance acceptance() {
        Map<String, CatalogueColumn> columns = new LinkedHashMap<>();
        List.of(
                        column("id", "bigint", true, List.of()),
                        column("name", "character varying(5)", true, List.of()),
                        column("age", "smallint", false, List.of()),
                        column("price", "numeric(5,2)", false, List.of()),
                        column("born", "date", false, List.of()),
                        column("colour", "colour", false, List.of(), "red", "blue"),
                        column(
                                "zip",
                                "text",
                                false,
                                List.of(new Check("zip_check", List.of(), "(VALUE ~ '^[0-9]+$'::text)"))),
                        column("tags", "text[]", false, List.of()),
                        column("place", "point", false, List.of()))
                .forEach(column -> columns.put(column.name(), column));
        List<Check> checks = List.of(
                new Check("adult", List.of("age", "name"), "((age >= 18) OR ((name)::text = 'kid'::text))"),
                new Check("strange", List.of("name"), "my_own_function((name)::text)"));
        return new Acceptance(new CatalogueTable(
                TableName.parse("people"),
                columns,
                List.of("id"),
                List.of(),
                List.of(),
                checks,
                List.of(),
                List.of(),
                Optional.empty(),
                false,
                -1,
                -1));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "NULL",
            value = {
                "name, abcdef, type character varying(5)",
                "name, NULL, NOT NULL",
                "id, NULL, NOT NULL",
                "age, young, type smallint",
                "age, 40000, type smallint",
                "price, 1000, 'type numeric(5,2)'",
                "born, yesterday-ish, type date",
                "colour, green, type colour",
                "zip, 1a, zip_check"
            })
    void what_surely_does_not_fit_is_refused_by_name(String column, String value, String constraint) {
        assertThat(acceptance().refusals(Set.of(column), Map.of(column, Optional.ofNullable(value))))
                .containsExactly(new Acceptance.Refusal(column, constraint));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "NULL",
            value = {
                "name, äöüß€",
                "age, NULL",
                "age, -5",
                "price, 999.994",
                "born, 2027-03-01",
                "colour, blue",
                "zip, 01067",
                "tags, '{a,{b}}'",
                "place, '(1,2)'"
            })
    void what_may_fit_is_left_to_the_database(String column, String value) {
        assertThat(acceptance().refusals(Set.of(column), Map.of(column, Optional.ofNullable(value))))
                .isEmpty();
    }

    @Test
    void a_check_over_several_columns_is_asked_with_what_is_known_of_the_row() {
        Map<String, Optional<String>> row = Map.of("age", Optional.of("12"), "name", Optional.of("Anna"));
        assertThat(acceptance().refusals(Set.of("age"), row)).containsExactly(new Acceptance.Refusal("age", "adult"));
        assertThat(acceptance().refusals(Set.of("age"), Map.of("age", Optional.of("12"), "name", Optional.of("kid"))))
                .isEmpty();
        assertThat(acceptance().refusals(Set.of("zip"), row)).isEmpty();
    }

    @Test
    void nul_and_half_characters_are_no_text() {
        assertThat(Acceptance.writable("a\0b")).isFalse();
        assertThat(Acceptance.writable("a\ud83d")).isFalse();
        assertThat(Acceptance.writable("a👩🏽‍💻")).isTrue();
    }
}
