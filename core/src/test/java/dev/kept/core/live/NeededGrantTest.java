package dev.kept.core.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.TableName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is granted is what is lacking, in names that are SQL whatever they are. */
class NeededGrantTest {

    private static NeededGrant on(TableName table, boolean delete, String... updated) {
        return new NeededGrant(
                table,
                table,
                new LinkedHashSet<>(List.of("id", "email", "select")),
                new LinkedHashSet<>(List.of(updated)),
                "id",
                delete);
    }

    private static Grants grants(boolean place, Set<String> readable, Set<String> updatable, boolean delete) {
        return new Grants(true, readable, place, updatable, delete, false);
    }

    @Test
    void nothing_more_than_what_is_lacking_is_asked_for() {
        NeededGrant needed = on(new TableName("public", "t"), true, "email", "select");
        Set<String> all = Set.of("id", "email", "select");
        assertThat(needed.missing(grants(true, all, Set.of("email"), true))).containsExactly("UPDATE (\"select\")");
        assertThat(needed.missing(grants(true, all, all, false))).containsExactly("DELETE");
        assertThat(needed.missing(grants(true, all, all, true))).isEmpty();
        assertThat(needed.privileges()).containsExactly("SELECT", "UPDATE (email, \"select\")", "DELETE");
    }

    @Test
    void select_on_every_column_is_not_select_on_the_table() {
        NeededGrant needed = on(new TableName("public", "t"), false);
        Set<String> all = Set.of("id", "email", "select");
        assertThat(needed.missing(grants(false, all, Set.of("id"), false))).containsExactly("SELECT");
    }

    @Test
    void a_table_that_is_only_locked_asks_for_one_column_and_is_content_with_any() {
        NeededGrant needed = on(new TableName("public", "t"), false);
        Set<String> all = Set.of("id", "email", "select");
        assertThat(needed.missing(grants(true, all, Set.of(), false))).containsExactly("UPDATE (id)");
        assertThat(needed.missing(grants(true, all, Set.of("email"), false))).isEmpty();
    }

    @Test
    void names_that_are_words_of_sql_or_hold_quotes_and_capitals_are_quoted() {
        assertThat(on(new TableName("Größe", "order"), true).statement(List.of("DELETE"), "a\"; DROP TABLE x; --"))
                .isEqualTo("GRANT DELETE ON \"Größe\".\"order\" TO \"a\"\"; DROP TABLE x; --\"");
        assertThat(NeededGrant.quoted("public")).isEqualTo("public");
        assertThat(NeededGrant.quoted("user")).isEqualTo("\"user\"");
    }
}
