package dev.kept.core.notice.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.notice.prose.ProseReader;
import dev.kept.core.source.SourceText;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One rule changed at a time: what it is called, and whether people are told. */
class ComparisonTest {

    private static final String NOTICE = """
            notice: mill
            languages: [en]
            controller: {name: The Mill, email: privacy@mill.example, post: "1 Mill Lane", zone: Europe/Berlin}
            covers: {sites: [mill.example, shop.example], services: [shop], also: [events]}
            collects:
              name: {from: you, is: pd:Name}
              email: {from: you, is: pd:EmailAddress}
              log: {from: use, is: pd:IPAddress, identifies: false}
              place: {from: device, is: pd:Location, refusable: {without-it: no shop is shown}}
              word: {from: you, is: pd:Password, secret: true}
            uses:
              account: {basis: contract, data: [name, word], while: [order.open], ends: [{after: account.closed, for: 30 days}, {after: account.opened, for: 2 years}]}
              letter: {basis: consent, data: [email], ends: [{after: letter.given, for: 1 year}]}
              offers: {basis: consent, direct-marketing: true, data: [email], ends: [{after: offers.given, for: 1 year}]}
              fraud: {basis: legitimate-interests, interest: less fraud, purpose: dpv:FraudPreventionAndDetection, data: [log], ends: [{last-of: [{after: seen.first, for: 1 year}, {after: seen.last, for: 90 days}]}]}
              near: {basis: consent, data: [place], ends: [{after: near.given, for: 1 year}]}
              numbers: {form: anonymised, at-least: 10, basis: legitimate-interests, interest: knowing, data: [log]}
            shares:
              mailer: {kind: processor, uses: [letter], data: [email], contract: {signed: 2026-03-01, onward: never, keeps: {after: contract.ended, for: 30 days}}}
              sister: {kind: affiliate, uses: [offers], data: [email], honours-notice: true}
              abroad: {kind: controller, uses: [fraud], data: [log], country: US, safeguard: clauses}
              sale: never
            cookies:
              cart: {group: necessary, lasts: 1 day}
              pixel: {group: offers, lasts: 30 days, by: mailer}
            keeps:
              longest: 2 years
              beyond: {books: {law: "Code 257", data: [name], ends: [{after: order.placed, for: 10 years, rounded: end-of-year}]}}
              then: {rows: delete, backups: isolate}
            signals: {dnt: not-answered, gpc: honoured}
            contact: {email: privacy@mill.example, post: "1 Mill Lane"}
            rights: {answered-within: 30 days, form: "https://mill.example/ask", access: {}, erase: {}}
            """;

    private static Notice notice(String text) {
        var reading = NoticeReader.draft(new SourceText("notice.yaml", text));
        return reading.value()
                .orElseThrow(() -> new AssertionError(reading.problems().toString()));
    }

    private static Comparison changed(String what, String instead) {
        assertThat(NOTICE).contains(what);
        return Comparison.of(notice(NOTICE), notice(NOTICE.replace(what, instead)), List.of(), List.of());
    }

    @ParameterizedTest(name = "{2}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "name: The Mill | name: The Other Mill | controller.name | NEW_CONTROLLER",
                "zone: Europe/Berlin | zone: UTC | controller.zone | WORDS",
                "services: [shop] | services: [shop, app] | covers.services | COVERS_MORE",
                "[mill.example, shop.example] | [mill.example] | covers.sites | COVERS_LESS",
                "is: pd:EmailAddress | is: [pd:EmailAddress, pd:Contact] | collects.email.is | NEW_DATA",
                "email: {from: you | email: {from: [you, others] | collects.email.from | NEW_DATA",
                "is: pd:IPAddress, identifies: false | is: pd:IPAddress | collects.log.identifies | NEW_DATA",
                "pd:EmailAddress} | pd:EmailAddress, identifies: false} | collects.email.identifies | NARROWER",
                "pd:Location, refusable: {without-it: no shop is shown} | pd:Location | collects.place.refusable | WEAKER_RIGHT",
                "without-it: no shop is shown | without-it: you see no shop | collects.place.refusable | WORDS",
                "pd:Password, secret: true | pd:Password | collects.word.secret | NARROWER",
                "email: {from: you, is: pd:EmailAddress | email: {from: you, is: pd:EmailAddress, secret: true | collects.email.secret | WEAKER_RIGHT",
                "letter: {basis: consent, data: [email] | letter: {basis: consent, data: [email, name] | uses.letter.data | NEW_DATA",
                "data: [name, word] | data: [name] | uses.account.data | NARROWER",
                "for: 30 days}, {after: account.opened, for: 2 years} | for: 30 days}, {after: account.opened, for: 3 years} | uses.account.ends | LONGER_PERIOD",
                "for: 30 days}, {after: account.opened, for: 2 years} | for: 30 days}, {after: account.opened, for: 24 months} | uses.account.ends | WORDS",
                "for: 30 days}, {after: account.opened, for: 2 years} | for: 20 days}, {after: account.opened, for: 1 year} | uses.account.ends | NARROWER",
                "{after: account.closed, for: 30 days}, {after: account.opened | {after: account.opened | uses.account.ends | LONGER_PERIOD",
                "{after: letter.given, for: 1 year} | {after: letter.given, for: 1 year, rounded: end-of-year} | uses.letter.ends | LONGER_PERIOD",
                "{after: letter.given, for: 1 year} | {after: letter.given, for: 1 year}, {after: letter.read, for: 90 days} | uses.letter.ends | NARROWER",
                "{after: letter.given, for: 1 year} | {after: letter.given, for: 1 year, renews: true} | uses.letter.ends | LONGER_PERIOD",
                "{after: letter.given, for: 1 year} | {after: letter.given, for: 366 days} | uses.letter.ends | LONGER_PERIOD",
                "{after: seen.last, for: 90 days} | {after: seen.last, for: 91 days} | uses.fraud.ends | LONGER_PERIOD",
                "{after: seen.first, for: 1 year}, {after: seen.last, for: 90 days} | {after: seen.last, for: 90 days} | uses.fraud.ends | NARROWER",
                "letter: {basis: consent | letter: {basis: contract | uses.letter.basis | WEAKER_BASIS",
                "account: {basis: contract | account: {basis: consent | uses.account.basis | NARROWER",
                "letter: {basis: consent, | letter: {basis: consent, on-request: review, | uses.letter.on-request | WEAKER_RIGHT",
                "while: [order.open] | while: [order.open, case.open] | uses.account.while | WEAKER_RIGHT",
                "interest: less fraud | interest: more sales | uses.fraud.interest | NEW_USE",
                "purpose: dpv:FraudPreventionAndDetection | purpose: [dpv:FraudPreventionAndDetection, dpv:Marketing] | uses.fraud.purpose | NEW_USE",
                "letter: {basis: consent, | letter: {basis: consent, direct-marketing: true, | uses.letter.direct-marketing | NEW_USE",
                "direct-marketing: true, data | data | uses.offers.direct-marketing | WEAKER_RIGHT",
                "at-least: 10 | at-least: 5 | uses.numbers.at-least | WEAKER_DUTY",
                "form: anonymised, at-least: 10, basis: legitimate-interests, interest: knowing, data: [log] | basis: legitimate-interests, interest: knowing, data: [log], ends: [{after: seen.first, for: 1 year}] | uses.numbers | NEW_USE",
                "law: \"Code 257\" | law: \"Code 258\" | keeps.beyond.books.law | WEAKER_BASIS",
                "law: \"Code 257\" | law: \"Code 257\", duty: permitted | keeps.beyond.books.duty | WEAKER_BASIS",
                "uses: [letter], data: [email] | uses: [letter, offers], data: [email] | shares.mailer.uses | NEW_RECIPIENT",
                "uses: [letter], data: [email] | uses: [letter], data: [email, name] | shares.mailer.data | NEW_RECIPIENT",
                "onward: never, | | shares.mailer.contract.onward | WEAKER_DUTY",
                "{after: contract.ended, for: 30 days} | {after: contract.ended, for: 60 days} | shares.mailer.contract.keeps | LONGER_PERIOD",
                "signed: 2026-03-01 | signed: 2026-04-01 | shares.mailer.contract.signed | WORDS",
                "honours-notice: true | honours-notice: false | shares.sister.honours-notice | WEAKER_DUTY",
                "country: US | country: IN | shares.abroad.country | NEW_RECIPIENT",
                "safeguard: clauses | safeguard: trust | shares.abroad.safeguard | WEAKER_DUTY",
                "kind: controller, uses: [fraud] | kind: partner, uses: [fraud] | shares.abroad.kind | NEW_RECIPIENT",
                "sale: never | rent: never | shares.sale | NEW_RECIPIENT",
                "group: necessary, lasts: 1 day | group: necessary, lasts: 2 days | cookies.cart.lasts | LONGER_PERIOD",
                "group: necessary, lasts: 1 day | group: necessary, lasts: session | cookies.cart.lasts | NARROWER",
                "group: offers, lasts | group: necessary, lasts | cookies.pixel.group | NEW_USE",
                "longest: 2 years | longest: 3 years | keeps.longest | LONGER_PERIOD",
                "longest: 2 years | longest: 24 months | keeps.longest | WORDS",
                "longest: 2 years | longest: 731 days | keeps.longest | LONGER_PERIOD",
                "longest: 2 years | longest: 1 year | keeps.longest | NARROWER",
                "rows: delete | rows: anonymise | keeps.then.rows | WEAKER_DUTY",
                "gpc: honoured | gpc: not-answered | signals.gpc | WEAKER_RIGHT",
                "dnt: not-answered | dnt: honoured | signals.dnt | NARROWER",
                "answered-within: 30 days | answered-within: 60 days | rights.answered-within | WEAKER_RIGHT",
                "answered-within: 30 days | answered-within: 1 month | rights.answered-within | WEAKER_RIGHT",
                "answered-within: 30 days | answered-within: 4 weeks | rights.answered-within | NARROWER",
                "erase: {} | restrict: {} | rights.erase | WEAKER_RIGHT",
                "form: \"https://mill.example/ask\" | form: \"https://mill.example/write\" | rights.form | WORDS",
                "email: privacy@mill.example, post: \"1 Mill Lane\"} | email: dpo@mill.example, post: \"1 Mill Lane\"} | contact.email | WORDS",
            })
    void one_changed_rule_is_called_what_it_is(String what, String instead, String path, Change.Reason reason) {
        Comparison comparison = changed(what, instead == null ? "" : instead);

        assertThat(comparison.changes())
                .filteredOn(change -> change.path().equals(path))
                .extracting(Change::reason)
                .containsExactly(reason);
        assertThat(comparison.material())
                .isEqualTo(comparison.changes().stream()
                        .anyMatch(change -> change.reason().compareTo(Change.Reason.NARROWER) < 0));
    }

    @Test
    void nothing_changed_is_no_change() {
        Comparison comparison = Comparison.of(notice(NOTICE), notice(NOTICE), List.of(), List.of());

        assertThat(comparison.changes()).isEmpty();
        assertThat(comparison.material()).isFalse();
    }

    @Test
    void what_comes_and_what_goes_is_named_with_its_rule() {
        Notice less = notice(NOTICE.replaceAll("(?m)^  (near|pixel|abroad|place): .*\\n", ""));

        assertThat(Comparison.of(less, notice(NOTICE), List.of(), List.of()).changes())
                .extracting(Change::path, Change::reason)
                .contains(
                        tuple("uses.near", Change.Reason.NEW_USE),
                        tuple("collects.place", Change.Reason.NEW_DATA),
                        tuple("shares.abroad", Change.Reason.NEW_RECIPIENT),
                        tuple("cookies.pixel", Change.Reason.NEW_COOKIE));
        assertThat(Comparison.of(notice(NOTICE), less, List.of(), List.of()).changes())
                .extracting(Change::reason)
                .containsOnly(Change.Reason.NARROWER);
    }

    @Test
    void a_use_under_another_name_is_the_same_use_where_that_is_said() {
        Notice renamed = notice(NOTICE.replace("  letter: {", "  mail: {")
                .replace("letter.given", "mail.given")
                .replace("uses: [letter]", "uses: [mail]"));

        Comparison said = Comparison.of(notice(NOTICE), renamed, List.of(), List.of(), Map.of("mail", "letter"));
        Comparison unsaid = Comparison.of(notice(NOTICE), renamed, List.of(), List.of());

        assertThat(said.changes())
                .extracting(Change::path, Change::reason)
                .containsExactly(tuple("uses.mail", Change.Reason.WORDS));
        assertThat(said.suspends()).isEmpty();
        assertThat(unsaid.changes()).extracting(Change::reason).contains(Change.Reason.NEW_USE);
        assertThat(unsaid.perhapsRenamed()).containsExactly(Map.entry("mail", "letter"));
    }

    @Test
    void consents_are_suspended_by_more_data_a_recipient_a_longer_period_or_another_controller() {
        assertThat(changed("letter: {basis: consent, data: [email]", "letter: {basis: consent, data: [email, name]")
                        .suspends())
                .containsExactly("letter");
        assertThat(changed("{after: offers.given, for: 1 year}", "{after: offers.given, for: 2 years}")
                        .suspends())
                .containsExactly("offers");
        assertThat(changed("uses: [letter], data: [email]", "uses: [letter, offers], data: [email]")
                        .suspends())
                .containsExactly("letter", "offers");
        assertThat(changed("name: The Mill", "name: The Other Mill").suspends())
                .containsExactly("letter", "offers", "near");
        assertThat(changed("answered-within: 30 days", "answered-within: 60 days")
                        .suspends())
                .isEmpty();
        assertThat(changed("group: offers, lasts: 30 days", "group: offers, lasts: 60 days")
                        .suspends())
                .containsExactly("offers");
        assertThat(changed("by: mailer", "by: sister").suspends()).containsExactly("offers");
        assertThat(changed("cookies:", "cookies:\n  eye: {group: letter, lasts: 1 day}")
                        .suspends())
                .containsExactly("letter");
        assertThat(changed("group: necessary, lasts: 1 day", "group: necessary, lasts: 2 days")
                        .suspends())
                .as("nobody consented to what is necessary")
                .isEmpty();
        assertThat(changed("account: {basis: contract", "account: {basis: consent")
                        .suspends())
                .as("a consent that is new was given by nobody")
                .isEmpty();
    }

    @Test
    void those_are_told_whose_uses_are_touched() {
        assertThat(changed("longest: 2 years", "longest: 3 years").touched())
                .containsExactly("account", "letter", "offers", "fraud", "near", "books");
        assertThat(changed("sale: never", "rent: never").touched())
                .as("what never happened was promised to everybody")
                .containsExactly("account", "letter", "offers", "fraud", "near", "books");
        assertThat(changed("group: offers, lasts: 30 days", "group: offers, lasts: 60 days")
                        .touched())
                .containsExactly("offers");
        assertThat(changed("is: pd:EmailAddress", "is: [pd:EmailAddress, pd:Contact]")
                        .touched())
                .containsExactly("letter", "offers");
        assertThat(changed("interest: less fraud", "interest: more sales").touched())
                .containsExactly("fraud");
    }

    private static final String WORDS = """
            ---
            words: {letter.given: you subscribed, uses.letter: the letter}
            ---
            """;

    private static List<Prose> prose(String text) {
        Notice notice = notice(NOTICE);
        return List.of(ProseReader.read(new SourceText("notice.en.md", WORDS + text), "en", notice)
                .value()
                .orElseThrow());
    }

    @Test
    void a_language_that_says_less_is_material() {
        List<Prose> before = prose("We send {{uses.letter}} until {{uses.letter.ends}}. {#uses.letter}\n");

        assertThat(Comparison.of(
                                notice(NOTICE),
                                notice(NOTICE),
                                before,
                                prose("We send {{uses.letter}} for a while. {#uses.letter}\n"))
                        .changes())
                .extracting(
                        Change::path,
                        Change::reason,
                        change -> change.language().orElse(""))
                .containsExactly(tuple("uses.letter.ends", Change.Reason.LANGUAGE_SAYS_LESS, "en"));
        assertThat(Comparison.of(notice(NOTICE), notice(NOTICE), before, List.of())
                        .changes())
                .extracting(Change::path)
                .containsExactly("languages");
    }

    @Test
    void a_language_need_not_go_on_saying_what_is_no_rule_any_more() {
        List<Prose> before = prose("We send {{uses.letter}} until {{uses.letter.ends}}. {#uses.letter}\n");
        Notice without =
                notice(NOTICE.replaceFirst("(?m)^  letter: .*\\n", "").replace("uses: [letter]", "uses: [offers]"));

        assertThat(Comparison.of(notice(NOTICE), without, before, prose("We send nothing.\n"))
                        .changes())
                .extracting(Change::reason)
                .doesNotContain(Change.Reason.LANGUAGE_SAYS_LESS);
    }

    @Test
    void a_promise_that_became_a_may_and_a_duty_that_is_new_are_material() {
        Comparison may = Comparison.of(
                notice(NOTICE),
                notice(NOTICE),
                prose("We answer signals. {#signals.gpc}\n"),
                prose("We may answer signals. {#signals.gpc may}\n"));
        Comparison told = Comparison.of(
                notice(NOTICE),
                notice(NOTICE),
                prose("It ends {{uses.letter.ends}}. {#uses.letter.ends}\n"),
                prose("It ends {{uses.letter.ends}}, as a rule.\n"));
        Comparison duty = Comparison.of(
                notice(NOTICE),
                notice(NOTICE),
                prose("Your name. {#collects.name}\n"),
                prose("Your name. {#collects.name} Keep it right. {#collects.name duty}\n"));

        assertThat(may.changes()).extracting(Change::reason).containsExactly(Change.Reason.LANGUAGE_SAYS_LESS);
        assertThat(told.changes()).extracting(Change::reason).containsExactly(Change.Reason.LANGUAGE_SAYS_LESS);
        assertThat(duty.changes()).extracting(Change::reason).containsExactly(Change.Reason.WEAKER_RIGHT);
    }

    @Test
    void other_words_for_the_same_rules_are_editorial() {
        Comparison words = Comparison.of(
                notice(NOTICE),
                notice(NOTICE),
                prose("We know your name. {#collects.name}\n"),
                prose("Your name is known to us. {#collects.name}\n"));

        assertThat(words.material()).isFalse();
        assertThat(words.changes()).extracting(Change::reason).containsExactly(Change.Reason.WORDS);
    }
}
