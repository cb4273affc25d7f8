package dev.kept.core.rights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kept.core.binding.Binder;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.MapReader;
import dev.kept.core.datamap.Store;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.KeySet;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.rights.SeenColumn.Sort;
import dev.kept.core.rules.Schemas;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What a person may take along (GDPR Art. 20(1)): given or observed, for uses on consent or contract. */
class PortableTest {

    private static final String NOTICE = """
            notice: shop
            languages: [en]
            controller: {name: Shop, email: privacy@shop.example, post: here, zone: UTC}
            covers: {sites: [shop.example]}
            collects:
              email: {from: you, is: pd:EmailAddress}
              steps: {from: device, is: pd:Behavioral}
              score: {from: others, is: pd:CreditScore}
              log: {from: device, is: pd:IPAddress}
              taste: {from: you, is: pd:Interest}
            uses:
              account: {basis: contract, data: [email, steps, score], ends: [{after: account.opened, for: 2 years}]}
              news: {basis: consent, data: [taste], ends: [{after: account.opened, for: 2 years}]}
              safety: {basis: legitimate-interests, interest: keeping thieves out, data: [log, email], ends: [{after: login.made, for: 90 days}]}
            keeps:
              longest: 2 years
              beyond: {books: {law: HGB 257, duty: required, data: [email], ends: [{after: bill.written, for: 10 years}]}}
              then: {rows: delete}
            signals: {dnt: not-answered, gpc: not-answered}
            contact: {email: privacy@shop.example, post: here}
            rights: {answered-within: 30 days, access: {}, portability: {}}
            """;

    private static final String MAP = """
            store: shop
            database: ${SHOP_URL}
            tables:
              customers:
                person: {customer: {key: id, found-by: {email: email}}}
                uses: [account, news]
                events: {account.opened: opened}
                columns: {email: email, walked: steps, scored: score, likes: taste}
              logins:
                belongs-to: {who: {person: customer, via: customer_id}}
                uses: [safety]
                events: {login.made: made}
                columns: {ip: log, name: email}
              bills:
                belongs-to: {whose: {person: customer, via: customer_id}}
                uses: [books]
                events: {bill.written: written}
                columns: {sent_to: email}
            """;

    private static final String SCHEMA = """
            customers: {id: bigint key, email: text, walked: int, scored: int, likes: text, opened: date not null}
            logins: {id: bigint key, customer_id: bigint -> customers, ip: text, name: text, made: date not null}
            bills: {id: bigint key, customer_id: bigint -> customers, sent_to: text, written: date not null}
            """;

    private static Sight sight() {
        Notice notice =
                NoticeReader.read(new SourceText("notice.yaml", NOTICE)).value().orElseThrow();
        Reading<Store> store = MapReader.read(new SourceText("shop.yaml", MAP), ZoneOffset.UTC);
        Map<?, ?> tables = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(SCHEMA);
        BoundStore bound = Binder.bind(notice, store.value().orElseThrow(), Schemas.read(tables), store.places())
                .value()
                .orElseThrow();
        return Sight.of(
                bound,
                new AsOf(Instant.parse("2027-03-01T00:00:00Z"), ZoneOffset.UTC),
                Facts.NONE,
                new Scope.Persons(List.of(new Scope.Identified("customer", new KeySet("her", List.of(List.of("1")))))));
    }

    private static List<String> data(Sight sight) {
        return sight.tables().stream()
                .flatMap(table -> table.columns().stream()
                        .filter(column -> column.sort() == Sort.DATA)
                        .map(column -> table.name() + "." + column.column()))
                .sorted()
                .toList();
    }

    @Test
    void what_she_gave_or_what_was_observed_goes_along_for_consent_and_contract_alone() {
        assertThat(data(sight())).contains("customers.scored", "logins.ip", "logins.name", "bills.sent_to");

        assertThat(data(sight().portable()))
                .as("neither what others said of her, nor what serves another basis")
                .containsExactly("customers.email", "customers.likes", "customers.walked");
    }

    @Test
    void which_row_it_is_and_when_goes_along_too_and_nothing_of_other_tables() {
        Sight portable = sight().portable();

        assertThat(portable.tables()).extracting(SeenTable::name).hasToString("[customers]");
        assertThat(portable.tables().getFirst().columns())
                .extracting(SeenColumn::column)
                .contains("id", "opened");
    }
}
