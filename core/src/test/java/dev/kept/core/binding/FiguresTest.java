package dev.kept.core.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.MapReader;
import dev.kept.core.datamap.Store;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.rules.Schemas;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Problem.Severity;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What a check says of figures that ended rows are to leave, each at its place. */
class FiguresTest {

    private static final String NOTICE = """
            notice: shop
            languages: [en]
            controller: {name: Shop, email: privacy@shop.example, post: here, zone: UTC}
            covers: {sites: [shop.example]}
            collects:
              email: {from: you, is: pd:EmailAddress}
              password: {from: you, is: pd:Password, secret: true}
              order: {from: you, is: pd:Transactional}
              address: {from: you, is: pd:PhysicalAddress}
            uses:
              account:
                basis: contract
                data: [email, password]
                ends: [{after: account.opened, for: 2 years}]
              orders:
                basis: contract
                data: [order, address, password]
                ends: [{after: order.placed, for: 2 years}]
              counting: {form: anonymised, at-least: 10, basis: legitimate-interests, interest: knowing, data: [order]}
            signals: {dnt: not-answered, gpc: not-answered}
            contact: {email: privacy@shop.example, post: here}
            rights: {answered-within: 30 days, access: {}, correct: {}, erase: {}}
            """;

    private static final String MAP = """
            store: shop
            database: ${SHOP_URL}
            tables:
              customers:
                person: {customer: {key: id, found-by: {email: email}}}
                uses: [account]
                events: {account.opened: opened}
                columns: {email: email}
              orders:
                belongs-to: {buyer: {person: customer, via: customer_id}}
                uses: [orders]
                events: {order.placed: placed}
                columns: {state: order, note: order, street: address, pin: password, total: order, item_id: order, doc: order}
                anonymise:
                  into: sales
                  for: counting
                  at-least: 12
                  columns:
                    year: {of: placed, as: year}
                    state: {of: state, as: value}
                    spent: {of: total, steps: 50}
                    orders: rows
              items: not-personal
              sales: not-personal
            """;

    private static final String SCHEMA = """
            customers: {id: bigint key, email: text, opened: date not null}
            orders: {id: bigint key, customer_id: bigint -> customers, placed: date not null, state: text not null, note: text, street: text,
              pin: text, total: numeric not null, item_id: bigint -> items, doc: jsonb,
              $checks: [{columns: [state], is: "(state = ANY (ARRAY['open'::text, 'paid'::text]))"}]}
            items: {id: bigint key}
            sales: {year: integer not null, state: text not null, spent: numeric, orders: bigint}
            """;

    private static Reading<BoundStore> bound(String map, String schema) {
        Notice notice =
                NoticeReader.read(new SourceText("notice.yaml", NOTICE)).value().orElseThrow();
        Reading<Store> store = MapReader.read(new SourceText("shop.yaml", map), ZoneOffset.UTC);
        Map<?, ?> tables = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(schema);
        return Binder.bind(notice, store.value().orElseThrow(), Schemas.read(tables), store.places());
    }

    private static List<Problem> errors(String map, String schema) {
        return bound(map, schema).problems().stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
    }

    @Test
    void figures_that_fit_have_no_problem() {
        assertThat(errors(MAP, SCHEMA)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for: counting | for: count | unknown-use | anonymise.for",
                "for: counting | for: orders | figures-for-persons | anonymise.for",
                "at-least: 12 | at-least: 9 | group-too-small | anonymise.at-least",
                "into: sales | into: sale | unknown-table | anonymise.into",
                "into: sales | into: customers | figures-with-persons | anonymise.into",
                "spent: {of: total, steps: 50} | spend: {of: total, steps: 50} | unknown-column | anonymise.columns.spend",
                "of: total, steps | of: totals, steps | unknown-column | anonymise.columns.spent",
                "of: total, steps: 50 | of: customer_id, steps: 50 | figure-tells-who | anonymise.columns.spent",
                "of: total, steps: 50 | of: id, steps: 50 | figure-tells-who | anonymise.columns.spent",
                "of: state, as: value | of: pin, first: 1 | figure-tells-who | anonymise.columns.state",
                "of: state, as: value | of: street, first: 2 | figure-beyond-use | anonymise.columns.state",
                "of: state, as: value | of: note, as: value | figure-of-free-text | anonymise.columns.state",
                "of: total, steps: 50 | of: total, as: value | figure-of-free-text | anonymise.columns.spent",
                "of: placed, as: year | of: state, as: year | figure-form | anonymise.columns.year",
                "of: placed, as: year | of: placed, as: month | figure-type | anonymise.columns.year",
                "of: total, steps: 50 | of: doc, first: 2 | figure-form | anonymise.columns.spent",
                "of: total, steps: 50 | of: note, as: sum | figure-form | anonymise.columns.spent",
                "of: placed, as: year} | of: placed, as: year, or: nothing} | figure-may-be-missing | anonymise.columns.year",
            })
    void what_does_not_fit_is_found_at_its_place(String written, String instead, String code, String path) {
        assertThat(MAP).contains(written);

        List<Problem> errors = errors(MAP.replace(written, instead), SCHEMA);

        assertThat(errors).extracting(Problem::code).contains(code);
        Problem found = errors.stream()
                .filter(problem -> problem.code().equals(code))
                .findFirst()
                .orElseThrow();
        assertThat(found.path()).isEqualTo("stores.shop.orders." + path);
        assertThat(found.place().line()).isGreaterThan(14);
        assertThat(found.place().column()).isPositive();
        assertThat(found.attempt()).isNotBlank();
    }

    @Test
    void a_finder_is_not_kept_however_it_is_cut() {
        String map = MAP.replace(
                "    columns: {email: email}\n",
                "    columns: {email: email}\n    anonymise: {into: sales, for: counting, columns: {state: {of: email, first: 1}}}\n");
        assertThat(errors(map, SCHEMA)).extracting(Problem::code).contains("figure-tells-who", "figure-beyond-use");
    }

    @Test
    void a_foreign_key_to_a_table_of_nobodys_shows_that_there_are_few_values() {
        String map = MAP.replace("spent: {of: total, steps: 50}", "spent: {of: item_id, as: value}");
        assertThat(errors(map, SCHEMA.replace("spent: numeric", "spent: bigint")))
                .isEmpty();
    }

    @Test
    void a_key_by_which_a_later_sweeps_groups_would_clash_is_found() {
        String schema = SCHEMA.replace("orders: bigint}", "orders: bigint, $unique: [[year, state]]}");
        assertThat(errors(MAP, schema)).extracting(Problem::code).containsExactly("figures-clash");
    }

    @Test
    void rows_of_whoever_points_to_them_leave_no_figures() {
        String map = MAP.replace(
                "belongs-to: {buyer: {person: customer, via: customer_id}}",
                "belongs-to: {any-of: [customers.order_id]}");
        String schema = SCHEMA.replace("opened: date not null", "opened: date not null, order_id: bigint -> orders");
        assertThat(errors(map, schema)).extracting(Problem::code).contains("figures-of-shared-rows");
    }
}
