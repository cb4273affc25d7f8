package dev.kept.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers as RFC 8259 writes them go as they are; what only looks like one is text. */
class JsonNumberTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "7",
                "-12",
                "10.50",
                "0.001",
                "1e+20",
                "1.5e-07",
                "2E5",
                "123456789012345678901234567890.5"
            })
    void numbers(String text) {
        assertThat(JsonPart.isNumber(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+1",
                "01",
                "-01",
                ".5",
                "5.",
                "1e",
                "1e+",
                "NaN",
                "Infinity",
                "-Infinity",
                "1 ",
                "1.2.3",
                "٣",
                "0x1",
                "1,000"
            })
    void no_numbers(String text) {
        assertThat(JsonPart.isNumber(text)).isFalse();
    }
}
