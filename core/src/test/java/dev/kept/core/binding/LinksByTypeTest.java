package dev.kept.core.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.TableName;
import dev.kept.core.rules.Schemas;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinksByTypeTest {

    private static CatalogueTable messages(String... columns) {
        Map<String, Object> spec = new LinkedHashMap<>(Map.of("id", "int key"));
        for (int i = 0; i < columns.length; i += 2) {
            spec.put(columns[i], columns[i + 1]);
        }
        Map<String, Object> tables = new LinkedHashMap<>();
        tables.put("people", Map.of("id", "int key"));
        tables.put("messages", spec);
        return Schemas.read(tables).find(new TableName("public", "messages")).orElseThrow();
    }

    @Test
    void a_number_beside_a_type_may_be_of_several_tables() {
        assertThat(LinksByType.type(messages("sender_id", "int", "sender_type", "text"), List.of("sender_id")))
                .contains("sender_type");
        assertThat(LinksByType.type(messages("ownerId", "int", "ownerType", "text"), List.of("ownerId")))
                .contains("ownerType");
        assertThat(LinksByType.type(messages("object_id", "text", "content_type_id", "int"), List.of("object_id")))
                .contains("content_type_id");
    }

    @Test
    void it_is_of_one_where_a_foreign_key_says_so_or_the_other_column_names_nothing() {
        assertThat(LinksByType.type(
                        messages("sender_id", "int -> people", "sender_type", "text"), List.of("sender_id")))
                .isEmpty();
        assertThat(LinksByType.type(messages("sender_id", "int", "sender_type", "int"), List.of("sender_id")))
                .isEmpty();
        assertThat(LinksByType.type(messages("sender_id", "int", "type", "text"), List.of("sender_id")))
                .isEmpty();
        assertThat(LinksByType.type(messages("sender", "int", "sender_type", "text"), List.of("sender")))
                .isEmpty();
    }

    @Test
    void what_the_database_is_to_say_is_said() {
        assertThat(LinksByType.column(
                        messages("sender_id", "bigint", "sender_type", "text"), "sender_id", "sender_type", "contact"))
                .contains(
                        "ADD contact_id bigint GENERATED ALWAYS AS (CASE WHEN sender_type = '…' THEN sender_id END) STORED");
    }
}
