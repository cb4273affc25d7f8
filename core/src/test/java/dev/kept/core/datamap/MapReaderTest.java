package dev.kept.core.datamap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.Documents;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MapReaderTest {

    private static Store example() {
        Reading<Store> reading = MapReader.read(Documents.good("shop.yaml"), ZoneOffset.UTC);
        assertThat(reading.problems()).isEmpty();
        return reading.value().orElseThrow();
    }

    private static Table table(String name) {
        return Optional.ofNullable(example().tables().get(TableName.parse(name)))
                .orElseThrow();
    }

    private static Column column(String table, String name) {
        return Optional.ofNullable(table(table).columns().get(name)).orElseThrow();
    }

    @Test
    void the_example_of_the_format_reads_without_problems() {
        Store store = example();
        assertThat(store.name()).isEqualTo("shop");
        assertThat(store.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(store.sentinels()).containsExactly("9999-12-31", "infinity");
        assertThat(store.tables()).hasSize(9);
        assertThat(table("films").personal()).isFalse();
        assertThat(table("addresses").shared()).isTrue();
    }

    @Test
    void what_several_rows_with_one_address_are_is_read_and_is_a_refusal_where_nothing_is_said() {
        Table.Person person = table("customers").person().orElseThrow();
        assertThat(person.foundBy().values())
                .contains(new Table.Finder("email", Match.CASEFOLD_TRIM, Several.ONE_PERSON));
        assertThat(new Table.Finder("email", Match.EXACT).several()).isEqualTo(Several.REFUSE);
    }

    @Test
    void a_json_path_is_a_column_of_its_own() {
        assertThat(table("profiles").columns().keySet())
                .containsExactly("doc$.email", "doc$.contact.phone", "doc$.a.b.c");
        assertThat(column("profiles", "doc$.a.b.c").path()).containsExactly("a.b", "c");
    }

    @Test
    void a_condition_speaks_for_what_its_tables_events_date() {
        assertThat(table("orders").whiles().values())
                .containsExactly(new Table.While(
                        "order.open",
                        List.of(new Table.ColumnValues("state", List.of("paid", "shipped"), true)),
                        List.of(TableName.parse("customers"))));
    }

    @Test
    void a_value_that_takes_a_columns_place_is_kept_as_written() {
        assertThat(column("orders", "note").cleared()).contains("");
        assertThat(column("order_lines", "amount").cleared()).contains("0");
    }

    @Test
    void guesses_are_read_and_complained_about_apart() {
        Reading<Store> reading = MapReader.read(Documents.good("shop.yaml"), ZoneOffset.UTC);
        assertThat(Guesses.unconfirmed(reading.value().orElseThrow(), reading.places()))
                .extracting(problem -> problem.place() + " " + problem.code())
                .containsExactly(
                        "shop.yaml:22:7 guess-unconfirmed",
                        "shop.yaml:23:7 guess-unconfirmed",
                        "shop.yaml:24:7 guess-unconfirmed");
    }

    @Test
    void what_the_writer_writes_the_reader_reads() {
        Store store = example();
        String text = MapWriter.write(store, List.of("a draft"));
        Reading<Store> again = MapReader.read(new SourceText("shop.yaml", text), ZoneOffset.UTC);
        assertThat(again.problems()).as(text).isEmpty();
        assertThat(again.value()).contains(store);
        assertThat(MapWriter.write(again.value().orElseThrow(), List.of("a draft")))
                .isEqualTo(text);
    }

    @Test
    void a_draft_puts_each_column_on_a_line_of_its_own() {
        assertThat(MapWriter.write(example(), List.of("a draft")).lines())
                .startsWith("# a draft", "store: shop")
                .contains(
                        "      full_name: name",
                        "      nickname: {is: name, guess: the column's name}",
                        "      doc: {at: {$.email: email, $.contact.phone: {is: phone, for: [account]}, $.\"a.b\".c: name}}",
                        "  films: not-personal");
    }

    @Test
    void a_password_in_the_map_is_advised_against_and_never_repeated() {
        Reading<Store> reading = MapReader.read(
                new SourceText(
                        "shop.yaml",
                        "store: shop\ndatabase: jdbc:postgresql://db/shop?user=a&password=open-sesame\ntables: {films: not-personal}\n"),
                ZoneOffset.UTC);
        assertThat(reading.value()).isPresent();
        assertThat(reading.problems()).extracting(Problem::code).containsExactly("password-in-map");
        assertThat(reading.problems().toString()).doesNotContain("open-sesame");
    }
}
