package dev.kept.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.Facts.What;
import dev.kept.server.answer.About;
import dev.kept.server.answer.Answers;
import dev.kept.server.answer.Proof;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.AccessOfMany.Asking;
import dev.kept.server.run.AccessService;
import dev.kept.server.run.AccessService.Handed;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AccessServiceTest {

    private final Bazaar bazaar = new Bazaar();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        bazaar.close();
    }

    @Test
    void restricted_data_and_held_records_say_so() {
        try (State state = bazaar.state()) {
            state.personFacts()
                    .apply(List.of(
                            state.personFacts()
                                    .add("bazaar", "customer", List.of("1"), new What.Restricted(), UUID.randomUUID()),
                            state.holds()
                                    .opening(
                                            UUID.randomUUID(),
                                            "bazaar",
                                            TableName.parse("orders"),
                                            List.of("20"),
                                            "ZZ-PLANTED reason",
                                            LocalDate.of(2026, 9, 1),
                                            state.privateLog().record("Olga", Optional.empty(), "court letter"))));
        }
        Unpacked anna = bazaar.unpacked(folder.resolve("anna.zip"));
        assertThat(anna.data().get("stores").get(0).get("restricted").asBoolean())
                .isTrue();
        assertThat(anna.part("index.html")).contains("Your data is restricted");
        assertThat(held(anna, "orders")).containsExactly(true, false);
        assertThat(held(anna, "order_lines")).containsExactly(true);
        assertThat(anna.all()).doesNotContain("ZZ-PLANTED");
    }

    @Test
    void a_use_that_she_objected_to_is_named_as_long_as_nobody_has_weighed_it() {
        try (State state = bazaar.state()) {
            state.personFacts()
                    .apply(List.of(
                            state.personFacts()
                                    .add(
                                            "bazaar",
                                            "customer",
                                            List.of("1"),
                                            new What.Objected("orders"),
                                            UUID.randomUUID()),
                            state.personFacts()
                                    .add(
                                            "bazaar",
                                            "customer",
                                            List.of("2"),
                                            new What.Objected("account"),
                                            UUID.randomUUID())));
        }
        Unpacked anna = bazaar.unpacked(folder.resolve("anna.zip"));
        assertThat(anna.data().get("stores").get(0).get("objected").toString()).isEqualTo("[\"orders\"]");
        assertThat(anna.part("index.html"))
                .contains("You have objected to this use of your data: ")
                .contains("until we have weighed your objection");
        assertThat(anna.data().get("stores").get(0).get("restricted").asBoolean())
                .isFalse();
    }

    private static List<Boolean> held(Unpacked unpacked, String table) {
        return unpacked.table(table)
                .get("rows")
                .valueStream()
                .map(row -> row.path("hold").asBoolean(false))
                .toList();
    }

    @Test
    void what_a_standing_erasure_has_ended_goes_with_the_next_sweep() {
        try (State state = bazaar.state()) {
            state.personFacts()
                    .apply(List.of(state.personFacts()
                            .add("bazaar", "customer", List.of("1"), new What.Erased(), UUID.randomUUID())));
        }
        bazaar.execute("UPDATE orders SET state = 'open' WHERE id = 20");
        Unpacked anna = bazaar.unpacked(folder.resolve("anna.zip"));
        JsonNode rows = anna.table("orders").get("rows");
        assertThat(rows.get(0).get("untilOf").get("note").get("state").asString())
                .isEqualTo("on");
        assertThat(rows.get(1).get("untilOf").get("note").get("state").asString())
                .isEqualTo("ended");
        assertThat(rows.get(1).get("until").get("date").asString()).isEqualTo("2035-01-01");
        assertThat(anna.table("mail_log")
                        .get("rows")
                        .get(0)
                        .get("until")
                        .get("state")
                        .asString())
                .isEqualTo("ended");
    }

    @Test
    void on_the_day_it_names_the_planner_itself_says_that_it_has_ended() {
        JsonNode before = bazaar.unpacked(folder.resolve("now.zip")).table("orders");
        LocalDate note = LocalDate.parse(
                before.get("rows").get(0).get("untilOf").get("note").get("date").asString());
        bazaar.at(note.atStartOfDay(Bazaar.notice().controller().zone())
                .toInstant()
                .minusSeconds(1));
        assertThat(note(bazaar.unpacked(folder.resolve("before.zip")))).isEqualTo("on");
        bazaar.at(note.plusDays(1)
                .atStartOfDay(Bazaar.notice().controller().zone())
                .toInstant());
        assertThat(note(bazaar.unpacked(folder.resolve("after.zip")))).isEqualTo("ended");
    }

    private static String note(Unpacked unpacked) {
        return unpacked.table("orders")
                .get("rows")
                .get(0)
                .get("untilOf")
                .get("note")
                .get("state")
                .asString();
    }

    @Test
    void an_event_that_has_not_happened_gives_no_date_and_one_that_may_have_is_unknown() {
        bazaar.execute(
                "ALTER TABLE orders ALTER placed_at DROP NOT NULL; UPDATE orders SET placed_at = NULL WHERE id = 20");
        JsonNode rows =
                bazaar.unpacked(folder.resolve("anna.zip")).table("orders").get("rows");
        assertThat(rows.get(0).get("until").get("state").asString()).isEqualTo("unknown");
    }

    @Test
    void a_hundred_thousand_rows_are_all_in_the_data_and_a_thousand_on_the_page() {
        bazaar.execute("INSERT INTO orders (id, customer_id, note, placed_at)"
                + " SELECT 1000 + i, 1, 'note ' || i, '2026-02-01Z' FROM generate_series(1, 100000) i");
        Path file = folder.resolve("anna.zip");
        Handed handed = bazaar.hand(Bazaar.ANNA, file).orElseThrow();
        assertThat(handed.counts()).containsEntry("orders", 100_002L);
        Unpacked anna = Unpacked.of(file);
        assertThat(anna.part("csv/orders.csv").lines()).hasSize(100_003);
        assertThat(anna.part("data.json").split("\"note\":\"note ", -1)).hasSize(100_001);
        assertThat(anna.part("index.html"))
                .contains("These are the first 1,000 of 100,002 records.", "note 998<")
                .doesNotContain("note 999<", "note 100000");
    }

    @Test
    void a_store_that_fails_midway_leaves_no_file_and_no_entry() throws IOException {
        LiveStore store = bazaar.store();
        bazaar.execute("DROP TABLE session_pages");
        assertThatThrownBy(() -> bazaar.hand(List.of(store), Bazaar.ANNA, folder.resolve("anna.zip")))
                .isInstanceOf(CannotRun.class);
        assertThat(files()).isEmpty();
        assertThat(bazaar.stateRows("select kind from kept.journal")).isEmpty();
        assertThat(bazaar.stateRows("select operator from kept.private_log")).containsExactly("Olga Operator");
    }

    @Test
    void a_package_that_the_journal_does_not_take_is_not_handed_out() throws IOException {
        bazaar.state().close();
        bazaar.executeState("ALTER TABLE kept.journal ADD CHECK (kind <> 'access')");
        assertThatThrownBy(() -> bazaar.hand(Bazaar.ANNA, folder.resolve("anna.zip")))
                .isNotNull();
        assertThat(files()).isEmpty();
    }

    @Test
    void rows_that_a_policy_would_hide_are_an_error_and_no_omission() throws IOException {
        bazaar.execute("""
                CREATE ROLE reader_of_few LOGIN PASSWORD 'few';
                GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader_of_few;
                ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
                CREATE POLICY few ON orders USING (false);""");
        try {
            assertThatThrownBy(() -> bazaar.hand(
                            List.of(bazaar.storeAs("reader_of_few", "few")), Bazaar.ANNA, folder.resolve("a.zip")))
                    .isInstanceOf(CannotRun.class)
                    .hasMessageContaining("refused access");
            assertThat(files()).isEmpty();
        } finally {
            bazaar.execute("DROP OWNED BY reader_of_few; DROP ROLE reader_of_few");
        }
    }

    @Test
    void dates_far_out_and_missing_give_no_wrong_ones() {
        bazaar.execute(
                "UPDATE orders SET placed_at = 'infinity' WHERE id = 20; UPDATE orders SET placed_at = '0044-03-15 BC' WHERE id = 21");
        JsonNode rows =
                bazaar.unpacked(folder.resolve("anna.zip")).table("orders").get("rows");
        assertThat(rows.get(0).get("until").get("state").asString()).isEqualTo("not-yet");
        assertThat(rows.get(1).get("until").get("state").asString()).isEqualTo("ended");
    }

    @Test
    void who_is_somebody_else_sees_her_own() {
        Path file = folder.resolve("ben.zip");
        bazaar.hand(new Named(1, Map.of("customer", "770001")), file).orElseThrow();
        Unpacked ben = Unpacked.of(file);
        assertThat(ben.table("messages").get("count").asInt()).isEqualTo(3);
        assertThat(ben.all())
                .doesNotContain("Anna sends", "her subject", "her read note", "Own Lane", "anna@example.org");
        assertThat(ben.all()).contains("Shared Lane 1");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void a_package_made_of_known_keys_goes_sealed_into_kept_s_own_database_and_comes_out_as_it_was()
            throws IOException {
        UUID request = UUID.randomUUID();
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (State state = bazaar.state()) {
            Answers answers = new Answers(state);
            AccessService service = new AccessService(state, state.clock());
            Map<String, Map<String, List<List<String>>>> keys =
                    Map.of("bazaar", Map.of("customer", List.of(List.of("1"))));
            List<LiveStore> stores = List.of(bazaar.store());

            Answers.Made<AccessService.Written> made = answers.make(
                    request,
                    new About("your-data.zip", About.ZIP),
                    Answers.STAYS,
                    out -> service.write(
                            stores,
                            List.of(),
                            service.recorded(
                                            stores,
                                            List.of(new Asking(
                                                    keys, AccessService.Extent.EVERYTHING, Bazaar.OPERATOR, "en")))
                                    .getFirst(),
                            out));
            List<StateChange> changes = new ArrayList<>(made.release());
            changes.add(made.made().evidence());
            state.apply(changes);

            Path fetched = folder.resolve("fetched.zip");
            Answers.Download download = answers.open(
                            made.id(), new Proof(request, state.clock().instant()))
                    .orElseThrow();
            Files.copy(download.content(), fetched);
            Unpacked there = Unpacked.of(fetched);
            Unpacked directly = bazaar.unpacked(folder.resolve("directly.zip"));
            assertThat(directly.parts().keySet()).containsAll(there.parts().keySet());
            assertThat(there.part("csv/orders.csv")).isEqualTo(directly.part("csv/orders.csv"));
            assertThat(made.made().counts()).containsKey("orders");
            assertThat(state.journal().latest("access", 2))
                    .anySatisfy(entry ->
                            assertThat(entry.json()).contains(made.made().id().toString(), "handed-out"));
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("kept-answer"));
        }
    }
}
