package dev.kept.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bigint | 42 | 42",
                "integer | -7 | -7",
                "numeric(10,2) | 1.5 | 1.50",
                "numeric | 1.500 | 1.500",
                "double precision | 2.5 | 2.5",
                "boolean | t | true",
                "text | ' x ' | ' x '",
                "character(4) | 'ab  ' | ab",
                "timestamp with time zone | 2024-01-01T12:00:00Z | 2024-01-01 12:00:00+00",
                "timestamp with time zone | 2024-01-01 12:00:00.5+02 | 2024-01-01 10:00:00.5+00",
                "timestamp with time zone | 2024-01-01 12:00:00+05:30 | 2024-01-01 06:30:00+00",
                "timestamp(3) with time zone | 2024-01-01 | 2024-01-01 00:00:00+00",
                "timestamp with time zone | infinity | infinity",
                "timestamp without time zone | 2024-01-01 12:00 | 2024-01-01 12:00:00",
                "timestamp without time zone | -infinity | -infinity",
                "date | 2024-02-29 | 2024-02-29",
                "uuid | 7F9C2BA4-E88F-11EE-951A-0242AC120002 | 7f9c2ba4-e88f-11ee-951a-0242ac120002",
                "jsonb | {\"bb\":1.50,\"a\":[true,null,\"\\n\"]} | {\"a\": [true, null, \"\\n\"], \"bb\": 1.50}",
                "inet | 10.0.0.1 | 10.0.0.1",
                "shop.order_state | open | open"
            })
    void a_value_is_printed_as_postgresql_prints_it(String type, String given, String printed) {
        assertThat(ValueType.text(Objects.requireNonNull(ValueType.of(type).read(given))))
                .isEqualTo(printed);
    }

    @Test
    void what_does_not_fit_is_refused_without_repeating_it() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ValueType.of("integer").read("secret"))
                .withMessageNotContaining("secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ValueType.of("character varying(3)").read("secret"))
                .withMessageNotContaining("secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ValueType.of("date").read("secret"))
                .withMessageNotContaining("secret");
    }

    @Test
    void trees_and_lists_are_read_as_yaml_gives_them() {
        assertThat(ValueType.of("jsonb").read(Map.of("a", List.of(1, 2)))).hasToString("{\"a\": [1, 2]}");
        assertThat(ValueType.of("text[]").read(List.of("a", "b c", ""))).isEqualTo("{a,\"b c\",\"\"}");
    }

    @Test
    void a_path_is_removed_from_a_document_and_the_rest_stays() {
        Json document = Json.parse("{\"email\":\"e\",\"contact\":{\"phone\":1,\"x\":2}}");
        assertThat(document.without(List.of("contact", "phone")))
                .hasToString("{\"email\": \"e\", \"contact\": {\"x\": 2}}");
        assertThat(document.without(List.of("contact", "none"))).isSameAs(document);
        assertThat(document.without(List.of("email", "deeper"))).isSameAs(document);
    }
}
