package dev.kept.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.value.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

    @Test
    void keys_stand_in_the_order_of_their_utf_16_code_units() {
        // RFC 8785 section 3.2.3: the key outside of the basic plane stands before U+FB33, though its code point is
        // larger
        Map<String, Object> object = new LinkedHashMap<>();
        for (String key : List.of("\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6")) {
            object.put(key, 0);
        }
        assertThat(CanonicalJson.write(object))
                .isEqualTo(
                        "{\"\\r\":0,\"1\":0,\"\u0080\":0,\"\u00f6\":0,\"\u20ac\":0,\"\ud83d\ude00\":0,\"\ufb33\":0}");
    }

    @Test
    void strings_have_one_spelling() {
        assertThat(CanonicalJson.write(Map.of("s", "\u20ac$\u000F\nA'B\"\\\"/\u007f\b\t\f\u001f\u2028")))
                .isEqualTo("{\"s\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\"/\u007f\\b\\t\\f\\u001f\u2028\"}");
    }

    @Test
    void values_have_one_spelling() {
        Map<String, Object> object = new TreeMap<>();
        object.put("numbers", List.of(0, -1, 9_007_199_254_740_991L, -9_007_199_254_740_991L));
        object.put("literals", Arrays.asList(true, false, null));
        object.put("empty", List.of(List.of(), Map.of(), ""));
        object.put("", Map.of("b", Map.of("d", 1, "c", 2)));

        assertThat(CanonicalJson.write(object))
                .isEqualTo("{\"\":{\"b\":{\"c\":2,\"d\":1}},\"empty\":[[],{},\"\"],\"literals\":[true,false,null],"
                        + "\"numbers\":[0,-1,9007199254740991,-9007199254740991]}");
    }

    @Test
    void what_has_no_canonical_form_here_is_refused() {
        List<Object> none = new ArrayList<>(List.of(
                1.5,
                9_007_199_254_740_992L,
                -9_007_199_254_740_992L,
                Instant.EPOCH,
                "\ud83d",
                "\ude00a",
                "\ude00\ud83d",
                'c'));
        none.add(Map.of(1, 2));
        Object deep = 1;
        for (int i = 0; i < 200; i++) {
            deep = List.of(deep);
        }
        none.add(deep);
        for (Object value : none) {
            assertThatThrownBy(() -> CanonicalJson.write(Map.of("v", value)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void an_entry_is_written_as_documented() {
        UUID run = UUID.fromString("6f1e0d5a-3b0f-4a47-9a35-1d2c3b4a5f60");
        Instant at = Instant.parse("2027-03-01T10:15:30.120Z");

        LedgerEntry sweep =
                new LedgerEntry(at, "sweep", Optional.of(run), CanonicalJson.write(Map.of("store", "shop")));
        assertThat(new String(sweep.leaf(), StandardCharsets.UTF_8))
                .isEqualTo("{\"at\":\"2027-03-01T10:15:30.120000Z\",\"entry\":{\"store\":\"shop\"},\"kind\":\"sweep\","
                        + "\"run\":\"6f1e0d5a-3b0f-4a47-9a35-1d2c3b4a5f60\",\"v\":1}");
        assertThat(new String(
                        new LedgerEntry(at.plusNanos(999), "access", Optional.empty(), "{}").leaf(),
                        StandardCharsets.UTF_8))
                .isEqualTo("{\"at\":\"2027-03-01T10:15:30.120000Z\",\"entry\":{},\"kind\":\"access\",\"v\":1}");
        for (String kind : List.of("", "No Kind", "1", "a_b", "k".repeat(64))) {
            assertThatThrownBy(() -> new LedgerEntry(at, kind, Optional.empty(), "{}"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void the_longest_entry_still_fits_into_a_bundle() {
        String json = CanonicalJson.write(Map.of("s", "x".repeat(LedgerEntry.MOST_JSON_BYTES - 8)));
        LedgerEntry longest = new LedgerEntry(Instant.EPOCH, "k".repeat(63), Optional.of(UUID.randomUUID()), json);

        assertThat(json).hasSize(LedgerEntry.MOST_JSON_BYTES);
        assertThat(longest.leaf()).hasSizeLessThanOrEqualTo(EntryBundle.MOST_BYTES);
        assertThatThrownBy(() -> new LedgerEntry(Instant.EPOCH, "k", Optional.empty(), json + " "))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_is_too_long_is_said_in_several_entries_that_together_say_the_same() {
        Map<String, Object> said = new TreeMap<>();
        Map<String, Object> changed = new TreeMap<>();
        List<Object> rules = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            changed.put("public.table_" + i + ".deleted", i);
            rules.add("uses.größe-" + i);
        }
        said.put("changed", changed);
        said.put("rules", rules);
        said.put("store", "shop");

        List<String> parts = EntryParts.of(said);

        assertThat(parts).hasSizeBetween(3, 8);
        List<Map<String, Object>> members = new ArrayList<>();
        for (String part : parts) {
            assertThat(part.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(LedgerEntry.MOST_JSON_BYTES);
            Map<String, Object> read = tree(part);
            assertThat(read.get("part")).isEqualTo(Map.of("number", members.size() + 1, "of", parts.size()));
            members.add(read);
        }
        assertThat(EntryParts.together(members)).isEqualTo(said);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> tree(String json) {
        return (Map<String, Object>) Objects.requireNonNull(Json.parse(json).tree());
    }

    @Test
    void an_entry_that_fits_is_not_divided_and_one_that_cannot_be_is_refused() {
        assertThat(EntryParts.of(Map.of("s", "x".repeat(60_000))))
                .hasSize(1)
                .first()
                .asString()
                .doesNotContain("part");
        assertThatThrownBy(() -> EntryParts.of(Map.of("s", "x".repeat(70_000))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
