package dev.kept.server.api;

import static dev.kept.server.api.Shape.Field.may;
import static dev.kept.server.api.Shape.Field.must;

import dev.kept.core.rights.request.Ask;
import dev.kept.core.rights.request.AskCheck;
import dev.kept.core.rights.request.Deadline.Alarm;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.source.Spelling;
import dev.kept.server.api.Route.Effect;
import dev.kept.server.request.Details;
import dev.kept.server.request.Inbox;
import dev.kept.server.request.Office;
import dev.kept.server.request.Requests;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.request.StoredRequest.Channel;
import dev.kept.server.request.Typed;
import dev.kept.server.signin.Action;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** To take requests in, and to read them. */
final class RequestRoutes {

    static final String ROOT = "/requests";
    static final String ONE = ROOT + "/{number}";

    /** The most of a page. */
    static final int MOST_ROWS = 100;

    static final int ROWS = 50;

    /** What came longer ago is not taken in: nothing of it could be answered in time, and a year with two digits is a slip. */
    private static final int OLDEST_YEARS = 10;

    static final Shape.Field LIMIT = may("limit", Shape.whole(1, MOST_ROWS), "rows of a page; " + ROWS + " by default");
    static final Shape.Field CURSOR = may("cursor", Shape.line(1, 1_000), "`next` of the page before");

    private static final Shape.Thing NEW = Shape.thing(
            must("kind", Answers.KINDS, "what is asked"),
            may("uses", Shape.list(Shape.line(1, 200), Ask.MOST_USES), "of the notice, where the kind is about uses"),
            may("name", Shape.line(0, Typed.MOST_NAME), "as the person gave it"),
            may("address", Shape.line(0, Typed.MOST_ADDRESS), "by which she is looked for; never written to"),
            may("words", Shape.text(0, Typed.MOST_WORDS), "what she wrote"),
            may("details", Shape.map(Shape.line(0, 500), Typed.MOST_DETAILS), "further fields"),
            may("language", Shape.line(1, 35), "in which she is answered; by default the notice's original"),
            may("received", Shape.moment(), "when it reached the company: from then the time counts; by default now"),
            may("channel", Shape.choice(List.of("api", "import")), "`import` of what another system took in"));

    private final Bureau bureau;

    RequestRoutes(Bureau bureau) {
        this.bureau = bureau;
    }

    List<Route> all() {
        List<Route> routes = new ArrayList<>();
        routes.add(Route.post(
                ROOT,
                Effect.CREATES,
                Action.ENTER_REQUEST,
                "enter",
                "Takes a request in. Entering it proves nothing: who asks is established afterwards.",
                NEW,
                this::enter));
        routes.add(Route.get(
                        ROOT,
                        Action.SEE_REQUESTS,
                        "list",
                        "Requests page by page: open ones soonest due first, closed ones newest first.",
                        Answers.REQUESTS,
                        this::list)
                .taking(
                        may("kind", Answers.KINDS, ""),
                        may("stage", Answers.STAGES, ""),
                        may("alarm", Shape.words(Alarm.values()), ""),
                        may("closed", new Shape.Flag(), "those at their end instead of the open ones"),
                        LIMIT,
                        CURSOR));
        routes.add(Route.get(
                "/deadlines",
                Action.SEE_REQUESTS,
                "deadlines",
                "How many open requests there are at each distance from their last day.",
                Answers.DEADLINES,
                this::deadlines));
        routes.add(Route.get(ONE, Action.SEE_REQUESTS, "get", "One request.", Answers.REQUEST, this::get));
        routes.add(Route.get(
                ONE + "/events", Action.SEE_REQUESTS, "events", "What happened.", Answers.EVENTS, this::events));
        routes.add(Route.get(
                ONE + "/stores",
                Action.SEE_REQUESTS,
                "stores",
                "How far each store is.",
                Answers.STORES,
                this::stores));
        routes.add(Route.get(
                ONE + "/person",
                Action.SEE_PERSONS,
                "person",
                "Personal: what she typed, where she can be reached, who she is in the stores.",
                Answers.PERSON,
                this::person));
        routes.add(Route.get(
                ONE + "/messages",
                Action.SEE_PERSONS,
                "messages",
                "Personal: what was written to and fro, and noted.",
                Answers.MESSAGES,
                this::messages));
        return routes;
    }

    /** @throws NotDone where there is none of that number */
    static StoredRequest find(Bureau bureau, Asked asked) {
        return bureau.office()
                .requests()
                .byNumber(asked.parts().getFirst())
                .orElseThrow(() -> NotDone.of(ProblemType.NOT_FOUND));
    }

    static Answer answer(Bureau bureau, StoredRequest stored) {
        Map<String, Object> view =
                RequestViews.request(stored, bureau.office().requests().terms(), bureau.instant());
        return Answer.ok(view).with("ETag", Asked.tag(stored));
    }

    static Answer entered(Bureau bureau, StoredRequest stored) {
        return answer(bureau, stored).status(201).with("Location", ApiRoom.ROOT + ROOT + "/" + stored.number());
    }

    private Answer enter(Asked asked) {
        Given given = asked.body();
        Office office = bureau.office();
        Flaws flaws = new Flaws();
        Optional<Ask> ask = ask(given, office.requests(), flaws);
        String language = language(given, flaws);
        Instant now = bureau.instant();
        Instant received = given.moment("received").orElse(now);
        if (received.isAfter(now)) {
            flaws.add("/received", "is still to come", "");
        } else if (received.isBefore(
                now.atOffset(ZoneOffset.UTC).minusYears(OLDEST_YEARS).toInstant())) {
            flaws.add("/received", "is more than " + OLDEST_YEARS + " years ago", "");
        }
        if (flaws.any() || ask.isEmpty()) {
            throw NotDone.flawed(ProblemType.INVALID_BODY, flaws.all());
        }
        Typed typed = new Typed(given.text("name"), given.text("address"), given.text("words"), given.texts("details"));
        Channel channel = given.text("channel").equals("import") ? Channel.IMPORT : Channel.API;
        StoredRequest stored = office.staffDesk(asked.noted())
                .enter(ask.get(), typed, language, received, channel, asked.actor("entered a request"));
        return entered(bureau, stored);
    }

    private static Optional<Ask> ask(Given given, Requests requests, Flaws flaws) {
        Kind kind = Kind.parse(given.text("kind")).orElseThrow();
        List<String> uses = given.words("uses");
        if (kind.namesUse() == uses.isEmpty()) {
            String detail = uses.isEmpty() ? "is missing: this kind of request is about uses" : "is not asked for";
            List<String> fitting = AskCheck.uses(requests.notice(), kind).stream()
                    .map(use -> use.id())
                    .toList();
            flaws.add("/uses", detail, fitting.isEmpty() ? "" : "write " + Spelling.oneOf(fitting));
            return Optional.empty();
        }
        boolean before = flaws.any();
        for (int i = 0; i < uses.size(); i++) {
            if (!AskCheck.misfits(requests.notice(), new Ask(kind, List.of(uses.get(i))))
                    .isEmpty()) {
                flaws.add("/uses/" + i, "is no use of the notice of which that can be asked", "");
            }
        }
        return before == flaws.any() ? Optional.of(new Ask(kind, uses)) : Optional.empty();
    }

    private String language(Given given, Flaws flaws) {
        List<String> languages = bureau.languages();
        String wanted = given.text("language").toLowerCase(Locale.ROOT);
        Optional<String> found = languages.stream()
                .filter(language -> language.toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst();
        if (!wanted.isEmpty() && found.isEmpty()) {
            flaws.add("/language", "is none of the notice's languages", "write " + Spelling.oneOf(languages));
        }
        return found.orElse(languages.getFirst());
    }

    private Answer list(Asked asked) {
        Given query = asked.query();
        boolean closed = query.yes("closed");
        Inbox.Filter filter = new Inbox.Filter(
                query.word("kind").flatMap(Kind::parse),
                query.word("stage"),
                query.word("alarm").map(alarm -> Alarm.valueOf(alarm.toUpperCase(Locale.ROOT))),
                closed);
        String list = "requests " + filter;
        Optional<Inbox.After> after = query.word("cursor").map(cursor -> after(list, cursor));
        int most = query.whole("limit", ROWS);
        List<Inbox.Row> rows = bureau.office().inbox().page(filter, after, most + 1);
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("requests", rows.stream().limit(most).map(RequestViews::row).toList());
        if (rows.size() > most) {
            Inbox.After last = Inbox.After.of(rows.get(most - 1));
            page.put(
                    "next",
                    Cursor.of(
                            list,
                            last.day().toString(),
                            last.at().toString(),
                            last.id().toString()));
        }
        return Answer.ok(page);
    }

    private static Inbox.After after(String list, String cursor) {
        try {
            return Cursor.read(list, cursor, 3)
                    .map(place -> new Inbox.After(
                            LocalDate.parse(place.get(0)), Instant.parse(place.get(1)), UUID.fromString(place.get(2))))
                    .orElseThrow(RequestRoutes::noCursor);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw noCursor();
        }
    }

    static NotDone noCursor() {
        return NotDone.flawed(
                ProblemType.INVALID_QUERY,
                List.of(new Flaw(
                        new Flaw.Where.Parameter("cursor"),
                        "belongs to no page of this list with these filters",
                        "take `next` as it was told, and leave the filters as they were")));
    }

    private Answer deadlines(Asked asked) {
        Map<Alarm, Long> open = bureau.office().inbox().open();
        Map<String, Object> counts = new LinkedHashMap<>();
        for (Alarm alarm : Alarm.values()) {
            counts.put(alarm.word(), open.getOrDefault(alarm, 0L));
        }
        return Answer.ok(counts);
    }

    private Answer get(Asked asked) {
        return answer(bureau, find(bureau, asked));
    }

    private Answer events(Asked asked) {
        StoredRequest stored = find(bureau, asked);
        return Answer.ok(Map.of(
                "events",
                bureau.office().requests().events(stored.id()).stream()
                        .map(RequestViews::event)
                        .toList()));
    }

    private Answer stores(Asked asked) {
        StoredRequest stored = find(bureau, asked);
        return Answer.ok(Map.of(
                "stores",
                bureau.office().details().stores(stored.id()).stream()
                        .map(RequestViews::store)
                        .toList()));
    }

    private Answer person(Asked asked) {
        StoredRequest stored = find(bureau, asked);
        Details details = bureau.office().details();
        return Answer.ok(RequestViews.person(
                details.typed(stored.id()), details.addressOnFile(stored.id()), details.persons(stored.id())));
    }

    private Answer messages(Asked asked) {
        StoredRequest stored = find(bureau, asked);
        return Answer.ok(Map.of(
                "messages",
                bureau.office().desk().messages().of(stored.id()).stream()
                        .map(RequestViews::message)
                        .toList()));
    }
}
