package dev.kept.stores.postgres.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.datamap.TableName;
import dev.kept.stores.embedded.TestCluster;
import dev.kept.stores.embedded.TestDatabase;
import dev.kept.stores.postgres.session.JdbcStoreConnection;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.sql.Sql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CursorTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** How long the statement may run that is read, in milliseconds. */
    private static String given(Cursor cursor) {
        List<@Nullable String> told = new ArrayList<>();
        Cursor.Reads reads = new Cursor.Reads(
                TableName.parse("pg_class"),
                Sql.of("SELECT setting FROM pg_settings WHERE name = 'statement_timeout'"),
                Sql.of("SELECT false"));
        cursor.read(reads, told::addAll);
        return String.valueOf(told.getFirst());
    }

    @Test
    void a_statement_that_is_begun_late_is_given_what_is_left() {
        try (TestDatabase database = TestCluster.shared().freshDatabase();
                StoreConnection store =
                        JdbcStoreConnection.connector(database.dataSource()).open()) {
            Cursor cursor = new Cursor(store, new TimeLimit(LIMIT, nanos::get));
            store.run(Sql.of("SET LOCAL statement_timeout = '" + TimeLimit.timeout(LIMIT) + "'"));

            pass(Duration.ofSeconds(1));
            assertThat(given(cursor)).as("as it was").isEqualTo("300000");
            pass(Duration.ofMinutes(2));
            assertThat(given(cursor)).isEqualTo("179000");
            pass(Duration.ofSeconds(178));
            assertThat(given(cursor)).isEqualTo("1000");
            pass(Duration.ofSeconds(1));
            assertThatThrownBy(() -> given(cursor))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.TIME_LIMIT));
            store.rollback();
        }
    }

    @Test
    void less_than_a_millisecond_is_not_for_ever() {
        assertThat(TimeLimit.timeout(Duration.ofNanos(1))).isEqualTo("1");
    }
}
