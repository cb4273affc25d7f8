package dev.kept.server.run;

import dev.kept.core.lifecycle.Facts.PersonFact;
import dev.kept.core.lifecycle.Facts.What;
import dev.kept.server.run.RunService.Erasure;
import dev.kept.server.state.PersonFacts;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreSession;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** A shop whose tables note in several ways what its customers agreed to. Anna is customer 1. */
final class EndingShop {

    static final String NOTICE = """
            notice: shop
            languages: [en]
            controller: {name: Shop, email: privacy@shop.example, post: here, zone: Europe/Berlin}
            covers: {sites: [shop.example]}
            collects:
              name: {from: you, is: pd:Name}
              email: {from: you, is: pd:EmailAddress}
              taste: {from: you, is: pd:Preference}
            uses:
              account: {basis: contract, data: [name, email], ends: [{after: account.opened, for: 9 years}]}
              newsletter: {basis: consent, data: [taste], ends: [{after: newsletter.opened, else: newsletter.given, for: 2 years, renews: true}]}
              ads: {basis: legitimate-interests, interest: offers, direct-marketing: true, data: [taste], ends: [{after: ads.shown, for: 2 years, renews: true}]}
              research: {basis: legitimate-interests, interest: better goods, data: [taste], ends: [{after: research.begun, for: 2 years}]}
              circle: {basis: consent, data: [taste], ends: [{after: circle.joined, for: 5 years}]}
              tips: {basis: consent, data: [taste], ends: [{after: tips.asked, for: 5 years}]}
            shares: {sale: never}
            cookies: {}
            keeps: {longest: 9 years, then: {rows: delete, backups: isolate}}
            signals: {dnt: not-answered, gpc: not-answered}
            contact: {email: privacy@shop.example, post: here}
            rights: {answered-within: 30 days, access: {}, correct: {}, erase: {}}
            """;

    static final String SCHEMA = """
            create table customers (id bigint primary key, email text, name text, joined timestamptz not null default now(),
                letter_taste text, opened timestamptz, opted_in timestamptz, opted_out timestamptz,
                ad_taste text, ad_shown timestamptz, no_ads date,
                study_taste text, study_begun timestamptz, study_objected timestamptz);
            create table members (id bigint primary key, customer_id bigint not null references customers, circle_taste text,
                joined timestamptz not null, status text);
            create table asked (id bigint primary key, customer_id bigint not null references customers, tips_taste text,
                asked timestamptz not null);
            insert into customers (id, email, name, letter_taste, opened, opted_in, ad_taste, ad_shown, study_taste, study_begun)
                select n, 'c' || n || '@shop.example', 'Name ' || n, 'letter ' || n, now() - interval '1 day', now() - interval '1 year',
                    'ad ' || n, now() - interval '1 day', 'study ' || n, now() - interval '1 day' from generate_series(1, 3) as n;
            insert into members select n, n, 'circle ' || n, now() - interval '1 year', 'subscribed' from generate_series(1, 3) as n;
            insert into asked select n, n, 'tips ' || n, now() - interval '1 year' from generate_series(1, 3) as n;
            """;

    static final String MAP = """
            customers:
              person: {customer: {key: id, found-by: {email: {column: email, match: casefold-trim}}}}
              uses: [account, newsletter, ads, research]
              events: {account.opened: joined, newsletter.opened: opened, ads.shown: ad_shown, research.begun: study_begun}
              facts:
                newsletter: {given: opted_in, withdrawn: opted_out, absent: never}
                ads: {objected: no_ads}
                research: {objected: study_objected}
              columns: {email: email, name: name, letter_taste: {is: taste, for: [newsletter]}, ad_taste: {is: taste, for: [ads]}, study_taste: {is: taste, for: [research]}}
            members:
              belongs-to: {member: {person: customer, via: customer_id}}
              uses: [circle]
              events: {circle.joined: joined}
              facts: {circle: {state: {status: [subscribed]}}}
              columns: {circle_taste: taste}
            asked:
              belongs-to: {who: {person: customer, via: customer_id}}
              uses: [tips]
              events: {tips.asked: asked}
              facts: {tips: kept}
              columns: {tips_taste: taste}
            """;

    private EndingShop() {}

    static CorrectionShop found() {
        return new CorrectionShop(NOTICE, SCHEMA, MAP);
    }

    /** As new; everybody has asked for tips. */
    static CorrectionShop reset(CorrectionShop shop) {
        shop.reset();
        PersonFacts facts = shop.state().personFacts();
        facts.apply(Stream.of("1", "2", "3")
                .map(key -> facts.add("shop", "customer", List.of(key), new What.Given("tips"), UUID.randomUUID()))
                .toList());
        return shop;
    }

    static EndingService service(CorrectionShop shop, FaultPoints faults) {
        return new EndingService(shop.state(), InstantSource.system(), faults, duration -> {});
    }

    static Ended end(CorrectionShop shop, Instant at, String... uses) {
        return end(shop, FaultPoints.NONE, at, Map.of("customer", List.of(List.of("1"))), uses);
    }

    static Ended end(
            CorrectionShop shop,
            FaultPoints faults,
            Instant at,
            Map<String, List<List<String>>> person,
            String... uses) {
        LiveStore live = shop.live();
        RunService runs = new RunService(shop.state(), InstantSource.system(), faults);
        try (StoreSession session = runs.open(live, SessionOptions.forPersons("kept end"))) {
            runs.finishBroken(live, session, RunOptions.defaults(), RunWatch.NONE);
            return service(shop, faults)
                    .end(
                            List.of(new Erasure(live, session, person)),
                            new TreeSet<>(List.of(uses)),
                            at,
                            CorrectionShop.OPERATOR,
                            RunOptions.defaults(),
                            RunWatch.NONE)
                    .getFirst();
        }
    }

    static List<String> facts(CorrectionShop shop) {
        return shop.state().facts("shop").persons().stream()
                .filter(fact -> !(fact.what() instanceof What.Given))
                .map(EndingShop::said)
                .sorted()
                .toList();
    }

    private static String said(PersonFact fact) {
        return fact.kind() + " " + fact.keys() + " " + fact.what();
    }
}
