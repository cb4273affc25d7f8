package dev.kept.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.source.Problem;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of types that only the database can read. */
class CorrectionOfRareTypesTest {

    private static final CorrectionShop SHOP = new CorrectionShop("""
            create type public.size as (width int, height int);
            create domain public.few as int[] check (cardinality(value) < 3);
            create table customers (id bigint primary key, email text not null, created_at timestamptz not null default now(),
              ip inet, net cidr, card macaddr, span int4range, days datemultirange, tags text[], numbers int[], paid money, flags bit(3),
              more bit varying(4), takes interval, spot point, area box, words tsvector, few few, dims size);
            insert into customers (id, email, ip) values (1, 'anna@example.org', '10.0.0.1');
            """, """
            customers:
              person: {customer: {key: id, found-by: {email: email}}}
              uses: [account]
              events: {account.opened: created_at}
              columns: {email: email, ip: size, net: size, card: size, span: size, days: size, tags: size, numbers: size, paid: size, flags: size,
                more: size, takes: size, spot: size, area: size, words: size, few: size, dims: size}
            """);

    private final CorrectionShop shop = SHOP.reset();

    @AfterAll
    static void close() {
        SHOP.close();
    }

    private static String anna(String set) {
        return "person: {email: anna@example.org}\nset: {customers: {" + set + "}}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ip|10.0.0.999|inet",
                "net|10.0.0.1/8|cidr",
                "card|08:00:2b|macaddr",
                "span|[5,1)|int4range",
                "days|[2027-01-01|datemultirange",
                "tags|{a,b|text[]",
                "numbers|{1,x}|integer[]",
                "paid|ten|money",
                "flags|10|bit(3)",
                "more|10101|bit varying(4)",
                "takes|a while|interval",
                "spot|(1,2|point",
                "area|(1,2)|box",
                "few|{1,2,3}|few",
                "dims|(1,x)|size"
            })
    void value_that_the_database_cannot_read_is_refused_at_its_column(String column, String value, String type) {
        Corrected corrected = shop.correct(anna(column + ": '" + value + "'"));

        assertThat(corrected.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("misfit");
            assertThat(problem.path()).isEqualTo("customers." + column);
            assertThat(problem.place().line()).isEqualTo(2);
            assertThat(problem.message()).contains(type).doesNotContain(value, "SQLSTATE");
        });
        assertThat(shop.rows("select ip from customers where net is null")).containsExactly("10.0.0.1");
    }

    @Test
    void all_that_cannot_be_read_is_said_at_once_and_the_conditions_too() {
        Corrected corrected =
                shop.correct("person: {email: anna@example.org}\nset:\n  customers:\n    - where: {net: nowhere}\n"
                        + "      set: {ip: here, spot: there}\n");

        assertThat(corrected.problems().stream().map(Problem::code))
                .containsExactlyInAnyOrder("misfit", "misfit", "where-misfit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ip|10.0.0.9|10.0.0.9/32",
                "net|10.0.0.0/8|10.0.0.0/8",
                "card|08:00:2b:01:02:03|08:00:2b:01:02:03",
                "span|[1,5)|[1,5)",
                "tags|{a,b}|{a,b}",
                "flags|101|101",
                "takes|1 day|1 day",
                "spot|(1,2)|(1,2)",
                "few|{1,2}|{1,2}",
                "dims|(1,2)|(1,2)"
            })
    void value_that_it_can_read_is_written(String column, String value, String stands) {
        assertThat(shop.correct(anna(column + ": '" + value + "'")).state()).isEqualTo(Corrected.State.DONE);
        assertThat(shop.rows("select " + column + "::text from customers")).isEqualTo(List.of(stands));
    }
}
