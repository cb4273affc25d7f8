package dev.kept.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How connections to a database call themselves. */
class DatabaseAddressTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db.example/shop, kept",
        "jdbc:postgresql://db.example/shop?sslmode=verify-full, kept",
        "jdbc:postgresql://db.example/shop?ApplicationName=privacy, privacy"
    })
    void sessions_are_kepts_unless_the_address_says_otherwise(String url, String name) {
        assertThat(new DatabaseAddress(url, Optional.empty(), Optional.empty())
                        .source()
                        .getApplicationName())
                .isEqualTo(name);
    }
}
