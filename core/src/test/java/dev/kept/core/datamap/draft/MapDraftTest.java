package dev.kept.core.datamap.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Column;
import dev.kept.core.datamap.Guesses;
import dev.kept.core.datamap.MapReader;
import dev.kept.core.datamap.MapWriter;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.Store;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.rules.Schemas;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MapDraftTest {

    private static Map<String, Object> shop() {
        Map<String, Object> tables = new LinkedHashMap<>();
        tables.put("cities", Map.of("id", "int key", "city", "text"));
        tables.put("places", columns("id", "int key", "street", "text", "phone", "text", "city_id", "int -> cities"));
        tables.put(
                "customers",
                columns("id", "int key", "first_name", "text", "email", "text", "place_id", "int -> places"));
        tables.put("orders", columns("id", "int key", "customer_id", "int not null -> customers", "total", "numeric"));
        tables.put("films", columns("id", "int key", "title", "text"));
        return tables;
    }

    private static Map<String, Object> columns(String... words) {
        Map<String, Object> columns = new LinkedHashMap<>();
        for (int i = 0; i < words.length; i += 2) {
            columns.put(words[i], words[i + 1]);
        }
        return columns;
    }

    private static Draft draft(Map<String, Object> tables) {
        return draft(tables, Optional.empty());
    }

    private static Draft draft(Map<String, Object> tables, Optional<Notice> notice) {
        Catalogue catalogue = Schemas.read(tables);
        return MapDraft.draft("shop", "${SHOP_URL}", ZoneOffset.UTC, catalogue, notice, Map.of(), List.of());
    }

    /** One that collects this. */
    private static Optional<Notice> notice(String collects) {
        return NoticeReader.read(new SourceText(
                        "notice.yaml", """
                                notice: n
                                controller: {name: N, email: p@n.example, zone: UTC}
                                collects: {%s}
                                uses: {account: {basis: contract, data: [%s], ends: [{after: account.closed, for: 1 year}]}}
                                """.formatted(collects, collects.substring(0, collects.indexOf(':')))))
                .value();
    }

    private static Reading<Store> read(String text) {
        return MapReader.draft(new SourceText("stores/shop.yaml", text), ZoneOffset.UTC);
    }

    private static Table table(Store store, String name) {
        return store.tables().get(new TableName("public", name));
    }

    @Test
    void persons_what_is_theirs_and_what_they_share_are_found() {
        Store store = draft(shop()).store();

        assertThat(table(store, "customers").person()).map(Table.Person::kind).contains("customer");
        assertThat(table(store, "orders").belongsTo()).containsOnlyKeys("customer");
        assertThat(table(store, "places").anyOf())
                .containsExactly(new Table.Pointer(new TableName("public", "customers"), List.of("place_id")));
        assertThat(table(store, "cities").personal()).isFalse();
    }

    @Test
    void whoever_can_be_written_to_and_belongs_to_nobody_is_somebody_whatever_the_table_is_called() {
        Map<String, Object> tables = shop();
        tables.put("kunden", columns("id", "int key", "mail", "text unique"));
        tables.put("leads", columns("id", "int key", "email", "text", "full_name", "text"));
        tables.put("reminders", columns("id", "int key", "email", "text", "sent", "date"));
        tables.put("invoices", columns("id", "int key", "email", "text", "name", "text", "c", "int -> customers"));

        Store store = draft(tables).store();

        assertThat(table(store, "kunden").person()).isPresent();
        assertThat(table(store, "leads").person()).isPresent();
        assertThat(table(store, "reminders").person()).isEmpty();
        assertThat(table(store, "invoices").belongsTo()).containsOnlyKeys("c");
    }

    @Test
    void persons_are_persons_whatever_the_notice_calls_what_is_known_of_them() {
        Map<String, Object> tables = new LinkedHashMap<>();
        tables.put("accounts", columns("id", "int key", "username", "text", "display_name", "text"));
        tables.put("logins", columns("id", "int key", "mail_to", "text", "account_id", "int -> accounts"));
        tables.put("follows", columns("id", "int key", "a", "int -> accounts", "b", "int -> accounts"));

        Store store = draft(tables, notice("profile: {from: you, is: [pd:Name, pd:Username]}"))
                .store();

        assertThat(table(store, "accounts").person()).map(Table.Person::kind).contains("account");
        assertThat(table(store, "accounts").columns().get("display_name").categories())
                .containsExactly("profile");
        assertThat(table(store, "follows").belongsTo()).containsOnlyKeys("a", "b");
        assertThat(table(store, "follows").guess()).contains("`a` leads to an account, `b` leads to an account");
    }

    @Test
    void people_whose_addresses_stand_in_a_table_of_their_own_are_found_by_these() {
        Map<String, Object> tables = new LinkedHashMap<>();
        tables.put("users", columns("id", "int key", "username", "text"));
        tables.put("mail_log", columns("id", "int key", "email", "text", "user_id", "int -> users"));
        tables.put("user_emails", columns("id", "int key", "email", "text not null", "user_id", "int -> users"));

        Store store = draft(tables).store();

        Table.Person user = table(store, "users").person().orElseThrow();
        assertThat(user.foundBy()).containsOnlyKeys("username");
        assertThat(user.foundBeside())
                .isEqualTo(Map.of(
                        "email",
                        new Table.FinderBeside(new TableName("public", "user_emails"), "email", Match.CASEFOLD_TRIM)));
        assertThat(read(MapWriter.write(store, List.of())).value()).contains(store);
    }

    @Test
    void the_type_has_a_say_in_what_a_column_is_whatever_its_name() {
        Map<String, Object> tables = shop();
        tables.put(
                "visits",
                columns(
                        "id",
                        "int key",
                        "customer_id",
                        "int -> customers",
                        "password_changed_at",
                        "timestamptz",
                        "mobile",
                        "boolean",
                        "state",
                        "int",
                        "loyalty_card_id",
                        "int",
                        "email_type",
                        "text",
                        "sign_up_ip",
                        "inet",
                        "seen_from",
                        "inet",
                        "ip_address",
                        "text",
                        "reset_token",
                        "text",
                        "to_address",
                        "text",
                        "settings",
                        "text",
                        "extra",
                        "jsonb"));

        Map<String, Column> columns = table(
                        draft(tables, notice("settings: {from: you}")).store(), "visits")
                .columns();

        assertThat(columns.values().stream()
                        .filter(column -> !column.notPersonal())
                        .collect(Collectors.toMap(Column::name, column -> String.join("", column.categories()))))
                .isEqualTo(Map.of(
                        "sign_up_ip", "log",
                        "seen_from", "log",
                        "ip_address", "log",
                        "reset_token", "password",
                        "to_address", "email",
                        "settings", "settings"));
        assertThat(columns.get("extra").guess())
                .hasValueSatisfying(why -> assertThat(why).contains("look at what it holds"));
    }

    @Test
    void what_is_sold_is_not_shared_by_who_buys_it() {
        Map<String, Object> tables = shop();
        tables.put("tracks", columns("id", "int key", "name", "text", "unit_price", "numeric"));
        tables.put("order_lines", columns("id", "int key", "order_id", "int -> orders", "track_id", "int -> tracks"));

        assertThat(table(draft(tables).store(), "tracks").personal()).isFalse();
    }

    @Test
    void every_part_of_an_address_is_one_also_of_an_invoice() {
        Map<String, Object> tables = shop();
        tables.put(
                "invoices",
                columns(
                        "id",
                        "int key",
                        "customer_id",
                        "int -> customers",
                        "BillingCity",
                        "text",
                        "BillingPostalCode",
                        "text"));

        assertThat(table(draft(tables).store(), "invoices").columns().values())
                .extracting(column -> String.join("", column.categories()))
                .containsExactly("address", "address");
    }

    @Test
    void every_table_and_every_column_is_a_guess_that_fails_until_it_is_confirmed() {
        Store store = draft(shop()).store();
        String text = MapWriter.write(store, List.of());
        Reading<Store> read = read(text);

        assertThat(read.problems()).isEmpty();
        assertThat(read.value()).contains(store);
        List<Problem> guesses = Guesses.unconfirmed(store, read.places());
        assertThat(guesses)
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(
                        "tables.cities",
                        "tables.customers",
                        "tables.customers.columns.email",
                        "tables.customers.columns.first_name",
                        "tables.films",
                        "tables.orders",
                        "tables.orders.columns.total",
                        "tables.places",
                        "tables.places.columns.phone",
                        "tables.places.columns.street");
        assertThat(guesses)
                .allMatch(problem -> problem.severity() == Problem.Severity.ERROR
                        && problem.place().line() > 0);
        Store confirmed = read(text.replaceAll("(, )?guess: ('[^']*(''[^']*)*'|[^}\\n]*)", ""))
                .value()
                .orElseThrow();
        assertThat(Guesses.unconfirmed(confirmed, read.places())).isEmpty();
        assertThat(table(confirmed, "films").personal()).isFalse();
    }

    @Test
    void a_table_that_is_not_not_personal_says_nothing() {
        assertThat(read("store: shop\ndatabase: ${SHOP_URL}\ntables: {films: {not-personal: false}}\n")
                        .problems())
                .extracting(Problem::code)
                .containsExactly("personal-or-not");
    }

    @Test
    void what_is_new_in_the_schema_is_added_and_what_was_written_by_hand_stays_to_the_letter() {
        String byHand = """
                # ours
                store: shop
                database: ${SHOP_URL}
                tables:
                  films: not-personal   # really
                  customers:
                    person: {customer: {key: id}}
                    uses: [account]
                    columns: {first_name: name}  # more to come

                  "places":
                    belongs-to: {any-of: [customers.place_id]}
                    uses: [account]
                    columns:
                      street: address
                      # gone since spring
                      lane: address

                  orders:
                    belongs-to: {buyer: {person: customer, via: customer_id}}
                    uses: [orders]
                backups: {kept-for: 35 days}
                # the end
                """;
        MapMerge merged = MapMerge.merge(new SourceText("stores/shop.yaml", byHand), draft(shop()), ZoneOffset.UTC)
                .orElseThrow();

        assertThat(merged.added())
                .containsExactlyInAnyOrder("cities", "customers.email", "places.phone", "orders.total");
        assertThat(merged.text()).isEqualTo("""
                # ours
                store: shop
                database: ${SHOP_URL}
                tables:
                  films: not-personal   # really
                  customers:
                    person: {customer: {key: id}}
                    uses: [account]
                    columns: {first_name: name, email: {is: email, guess: the column's name}}  # more to come

                  "places":
                    belongs-to: {any-of: [customers.place_id]}
                    uses: [account]
                    columns:
                      street: address
                      # gone since spring
                      lane: address
                      phone: {is: phone, guess: the column's name}

                  orders:
                    belongs-to: {buyer: {person: customer, via: customer_id}}
                    uses: [orders]
                    columns:
                      total: {is: order-line, guess: the column's name}
                  cities: {not-personal: true, guess: 'nothing leads from here to a person, but `city` might be a person''s'}
                backups: {kept-for: 35 days}
                # the end
                """);
        MapMerge again = MapMerge.merge(
                        new SourceText("stores/shop.yaml", merged.text()), draft(shop()), ZoneOffset.UTC)
                .orElseThrow();
        assertThat(again).isEqualTo(new MapMerge(merged.text(), List.of()));
    }

    @Test
    void a_map_on_one_line_is_added_to_on_that_line() {
        String line = "{store: shop, database: '${SHOP_URL}', tables: {films: not-personal, }}";
        MapMerge merged = MapMerge.merge(new SourceText("stores/shop.yaml", line), draft(shop()), ZoneOffset.UTC)
                .orElseThrow();

        assertThat(merged.text())
                .hasLineCount(1)
                .startsWith("{store: shop, database: '${SHOP_URL}', tables: {films: not-personal,");
        assertThat(read(merged.text()).value().orElseThrow().tables().keySet())
                .extracting(TableName::name)
                .containsExactlyInAnyOrder("films", "cities", "places", "customers", "orders");
    }

    @Test
    void a_map_that_cannot_be_read_is_left_alone() {
        assertThat(MapMerge.merge(new SourceText("stores/shop.yaml", "tables: [\n"), draft(shop()), ZoneOffset.UTC))
                .isEmpty();
    }
}
