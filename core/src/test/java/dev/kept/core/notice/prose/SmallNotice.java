package dev.kept.core.notice.prose;

import dev.kept.core.notice.Category;
import dev.kept.core.notice.Controller;
import dev.kept.core.notice.Cookie;
import dev.kept.core.notice.End;
import dev.kept.core.notice.LegalBasis;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.OnRequest;
import dev.kept.core.notice.Share;
import dev.kept.core.notice.Span;
import dev.kept.core.notice.Use;
import dev.kept.core.source.SourceText;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A small notice for tests: two categories, two uses, a share, a cookie. */
final class SmallNotice {

    static final String WORDS_EN = """
            ---
            locale: en-GB
            words:
              collects: {name: your name, email: your e-mail address, log: what you look at}
              uses: {account: your account, newsletter: the newsletter, statistics: statistics}
              account: {closed: you close your account, last-seen: you were last active}
              newsletter.last-opened: you last opened it
              contract.ended: the contract ends
              shares: {mailer: our mail service, sale: sell, rent: rent out}
              cookies: {cart: the basket cookie}
              keeps.then: {rows.delete: delete it, backups.isolate: lock it away}
              signals.not-answered: do not react to it
              rights: {access: see your data, erase: have it deleted}
            ---
            """;

    static final String COMPLETE_EN = WORDS_EN + """

            # The notice of {{controller.name}}

            ## What we collect {#collects}

            We collect {{collects}}. {#collects}

            ## Uses

            - We run {{uses.account}} with {{uses.account.data}} because of {{uses.account.basis}} and stop
              {{uses.account.ends}}. {#uses.account}
            - We may send {{uses.newsletter}} to {{uses.newsletter.data}}. The ground is {{uses.newsletter.basis}}. It ends
              {{uses.newsletter.ends}}. {#uses.newsletter may}
            - We count {{uses.statistics.data}} of {{uses.statistics.at-least}} people or more, in our interest of
              {{uses.statistics.interest}}: {{uses.statistics.basis}}. {#uses.statistics}

            ## Others

            We share with {{shares}}, and never {{shares of never}}. {#shares}

            {{cookies}} for {{cookies.cart.lasts}}. {#cookies}

            At most {{keeps.longest}}. {#keeps.longest}

            Then we {{keeps.then.rows}}. {#keeps.then}

            We {{signals.dnt}}. {#signals.dnt}

            Write to [{{contact.email}}](mailto:{{contact.email}}). {#contact}

            You can {{rights}}, answered within {{rights.answered-within}}. {#rights}
            """;

    private SmallNotice() {}

    static Notice in(String... languages) {
        return new Notice(
                "small",
                List.of(languages),
                new Controller("Small & Sons", "privacy@small.example", "1 Lane, Town", ZoneId.of("Europe/Berlin")),
                new Notice.Covers(List.of("www.small.example"), List.of(), List.of()),
                byId(
                        new Category("name", List.of("you"), List.of(), Optional.empty(), false),
                        new Category("email", List.of("you"), List.of(), Optional.empty(), false),
                        new Category("log", List.of("use"), List.of(), Optional.empty(), false)),
                uses(),
                Map.of("mailer", mailer()),
                List.of("sale", "rent"),
                Map.of(
                        "cart",
                        new Cookie("cart", "necessary", Optional.of(new Span(1, Span.Unit.DAY)), Optional.empty())),
                new Notice.Keeps(Optional.of(new Span(2, Span.Unit.YEAR)), Notice.Then.DELETE, "isolate"),
                Map.of("dnt", Notice.SignalAnswer.NOT_ANSWERED),
                new Notice.Contact("privacy@small.example", "1 Lane, Town"),
                new Notice.Rights(Optional.of(new Span(30, Span.Unit.DAY)), List.of("access", "erase")));
    }

    private static Map<String, Category> byId(Category... categories) {
        Map<String, Category> byId = new LinkedHashMap<>();
        for (Category category : categories) {
            byId.put(category.id(), category);
        }
        return byId;
    }

    private static Map<String, Use> uses() {
        Map<String, Use> uses = new LinkedHashMap<>();
        uses.put(
                "account",
                use(
                        "account",
                        LegalBasis.CONTRACT,
                        Set.of("name"),
                        List.of(
                                after(30, Span.Unit.DAY, "account.closed"),
                                after(2, Span.Unit.YEAR, "account.last-seen", "account.opened"))));
        uses.put(
                "newsletter",
                use(
                        "newsletter",
                        LegalBasis.CONSENT,
                        Set.of("email"),
                        List.of(after(1, Span.Unit.YEAR, "newsletter.last-opened", "newsletter.given"))));
        uses.put(
                "statistics",
                new Use(
                        "statistics",
                        "uses.statistics",
                        LegalBasis.LEGITIMATE_INTERESTS,
                        Optional.of("knowing what sells"),
                        List.of(),
                        Set.of("log"),
                        Optional.empty(),
                        List.of(),
                        OnRequest.ENDS,
                        List.of(),
                        false,
                        Optional.of(1),
                        Optional.empty()));
        return uses;
    }

    private static Use use(String id, LegalBasis basis, Set<String> data, List<End> ends) {
        return new Use(
                id,
                "uses." + id,
                basis,
                Optional.empty(),
                List.of(),
                data,
                Optional.empty(),
                ends,
                OnRequest.defaultFor(basis),
                List.of(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    static End.Clause after(int count, Span.Unit unit, String... events) {
        return new End.Clause(List.of(events), new Span(count, unit), false, false);
    }

    private static Share mailer() {
        return new Share(
                "mailer",
                Share.Kind.PROCESSOR,
                List.of("newsletter"),
                List.of("email"),
                Optional.of(new Share.Contract(
                        LocalDate.of(2026, 3, 1),
                        Optional.of("contract.ended"),
                        Optional.of(new Span(30, Span.Unit.DAY)))),
                Optional.of("US"),
                Optional.of("standard contractual clauses"));
    }

    static SourceText english(String body) {
        return new SourceText("notice.en.md", WORDS_EN + body);
    }
}
