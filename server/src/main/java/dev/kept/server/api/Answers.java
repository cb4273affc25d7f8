package dev.kept.server.api;

import static dev.kept.server.api.Shape.Field.may;
import static dev.kept.server.api.Shape.Field.must;
import static dev.kept.server.api.Shape.choice;
import static dev.kept.server.api.Shape.count;
import static dev.kept.server.api.Shape.day;
import static dev.kept.server.api.Shape.id;
import static dev.kept.server.api.Shape.line;
import static dev.kept.server.api.Shape.list;
import static dev.kept.server.api.Shape.map;
import static dev.kept.server.api.Shape.moment;
import static dev.kept.server.api.Shape.text;
import static dev.kept.server.api.Shape.thing;
import static dev.kept.server.api.Shape.whole;
import static dev.kept.server.api.Shape.words;

import dev.kept.core.rights.request.Deadline;
import dev.kept.core.rights.request.Extension;
import dev.kept.core.rights.request.Identity;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.RefusalGround;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.inform.Deliveries;
import dev.kept.server.request.Details;
import dev.kept.server.request.Inbox;
import dev.kept.server.request.Messages;
import dev.kept.server.request.StoredRequest.Channel;
import dev.kept.server.signin.Action;
import dev.kept.server.signin.ApiKeys;
import dev.kept.server.state.RunState;
import dev.kept.server.suppression.DoubtsDocument;
import dev.kept.server.task.LedgerCheck;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What answers look like, by name. */
final class Answers {

    static final String REQUEST = "Request";
    static final String REQUESTS = "Requests";
    static final String DEADLINES = "Deadlines";
    static final String PERSON = "Person";
    static final String EVENTS = "Events";
    static final String MESSAGES = "Messages";
    static final String STORES = "Stores";
    static final String CORRECTED = "Corrected";
    static final String VERDICTS = "Verdicts";
    static final String PROOFS = "Proofs";
    static final String RUNS = "Runs";
    static final String RUN = "Run";
    static final String PLAN = "Plan";
    static final String NEXT_SWEEP = "NextSweep";
    static final String SWEEP = "Sweep";
    static final String HOLDS = "Holds";
    static final String HOLD = "Hold";
    static final String DOUBTS = "Doubts";
    static final String DECIDED = "Decided";
    static final String SETTINGS = "Settings";
    static final String MAPPED = "MappedStores";
    static final String MAP = "Map";
    static final String RETENTION = "Retention";
    static final String LETTER = "PostedLetter";
    static final String LETTERS = "Letters";
    static final String RECIPIENTS = "Recipients";
    static final String RECIPIENT = "Recipient";
    static final String CONTACT = "Contact";
    static final String SUBSCRIPTIONS = "Subscriptions";
    static final String LEDGER = "Ledger";
    static final String VERIFICATION = "Verification";
    static final String KEY = "Key";
    static final String KEYS = "Keys";
    static final String GRANTED = "GrantedKey";
    static final String PROBLEM = "Problem";

    private static final int LONG = 1_000;
    private static final int MANY = 100_000;

    static final Shape NUMBER = line(1, 40);
    static final Shape KINDS = words(Kind.values());
    static final Shape SCOPE =
            choice(Arrays.stream(Action.values()).map(Action::word).toList());
    static final Shape STAGES = choice(Stage.WORDS);

    private Answers() {}

    static Map<String, Shape> all() {
        Map<String, Shape> all = new LinkedHashMap<>();
        all.put(REQUEST, request());
        all.put(REQUESTS, page("requests", row()));
        all.put(
                DEADLINES,
                thing(
                        must("none", count(), "open, and more than " + Deadline.WARNED_DAYS + " days are left"),
                        must("soon", count(), "open, at most " + Deadline.WARNED_DAYS + " days are left"),
                        must("urgent", count(), "open, at most " + Deadline.URGENT_DAYS + " days are left"),
                        must("overdue", count(), "open, and the last day is over")));
        all.put(PERSON, person());
        all.put(EVENTS, thing(must("events", list(event(), MANY), "oldest first")));
        all.put(MESSAGES, thing(must("messages", list(message(), Messages.MOST), "oldest first")));
        all.put(STORES, thing(must("stores", list(store(), MANY), "")));
        all.put(CORRECTED, corrected());
        all.put(VERDICTS, verdicts());
        all.put(PROOFS, proofs());
        all.put(RUNS, page("runs", run()));
        all.put(
                RUN,
                run().and(must(
                                "brakes",
                                list(line(1, LONG), MANY),
                                "why it waits, or waited, for a second person's yes"))
                        .and(must("rows", map(map(count(), LONG), MANY), "rows changed, by table and what was done")));
        all.put(PLAN, AheadShapes.plan());
        all.put(NEXT_SWEEP, AheadShapes.nextSweep());
        all.put(SWEEP, AheadShapes.sweep());
        all.put(HOLD, hold());
        all.put(HOLDS, page("holds", hold()));
        all.put(
                DOUBTS,
                thing(must("doubts", list(doubt(), DoubtsDocument.MOST), "oldest first"), must("all", count(), "")));
        all.put(
                DECIDED,
                thing(
                        must("id", id(), "of the doubt"),
                        must(
                                "decision",
                                choice(DoubtRoutes.Decision.words()),
                                "`erased-in-part`: of some of her data it is not known whether it may go; the doubt waits on"),
                        may("run", id(), "of the erasure")));
        all.put(SETTINGS, SettingsRoutes.settings());
        all.put(MAPPED, MapRoutes.stores());
        all.put(MAP, MapRoutes.mapped());
        all.put(RETENTION, MapRoutes.scheduled());
        all.put(LETTER, RecipientShapes.letter());
        all.put(LETTERS, RecipientShapes.letters());
        all.put(RECIPIENTS, RecipientShapes.recipients());
        all.put(RECIPIENT, RecipientShapes.one());
        all.put(CONTACT, contact());
        all.put(SUBSCRIPTIONS, subscriptions());
        all.put(LEDGER, ledger());
        all.put(VERIFICATION, verification());
        all.put(KEY, thing(must("key", id(), "the key's id"), must("scopes", list(SCOPE, LONG), "")));
        all.put(KEYS, page("keys", key()));
        all.put(GRANTED, key().and(may("secret", line(1, LONG), "to be sent with calls; told once")));
        all.put(PROBLEM, problem());
        return all;
    }

    private static Shape page(String name, Shape of) {
        return thing(
                must(name, list(of, Inbox.MOST_ROWS), ""),
                may("next", line(1, LONG), "the cursor of the next page; not there on the last"));
    }

    private static Shape.Thing request() {
        return thing(
                must("number", NUMBER, "how people and staff call it"),
                must("id", id(), "as the ledger calls it"),
                must("kind", KINDS, ""),
                must("uses", list(line(1, LONG), LONG), "of the notice, that it is about"),
                must("language", line(1, 100), ""),
                must("channel", words(Channel.values()), "from where it came"),
                must("received", moment(), "when it came first"),
                must("stage", STAGES, ""),
                may("before", STAGES, "of one that waits aside: from where it goes on"),
                must("proven", new Shape.Flag(), "whether it is known who asks"),
                may("way", words(Identity.Way.values()), "how that is known"),
                may("review", words(Stage.Review.values()), "why a person has to decide"),
                may("question", words(Stage.Question.values()), "what the person was asked"),
                may("review-on", day(), "of one on hold"),
                may("ground", words(RefusalGround.values()), "on which it was refused"),
                may("in-part", new Shape.Flag(), "whether it was answered although a store did not do its part"),
                may("into", id(), "the request that is answered in its place"),
                must(
                        "deadline",
                        thing(
                                must("received", day(), "the day from which the time counts"),
                                must("due", day(), "the last day to answer"),
                                must("extend-by", day(), "the last day to tell the person of an extension"),
                                must("paused-days", whole(0, MANY), "for which a necessary question was open"),
                                must("clock", words(Deadline.Reading.values()), ""),
                                must("alarm", words(Deadline.Alarm.values()), "")),
                        ""),
                may(
                        "extension",
                        thing(
                                must("reason", words(Extension.Reason.values()), ""),
                                must("months", whole(1, Extension.MOST_MONTHS), ""),
                                must("at", moment(), "")),
                        ""),
                may("closed", moment(), ""),
                must("version", count(), "counts its events; the ETag is made of it"));
    }

    private static Shape row() {
        return thing(
                must("number", NUMBER, ""),
                must("id", id(), ""),
                must("kind", KINDS, ""),
                must("uses", list(line(1, LONG), LONG), ""),
                must("language", line(1, 100), ""),
                must("channel", words(Channel.values()), ""),
                must("received", moment(), ""),
                must("stage", STAGES, ""),
                must("proven", new Shape.Flag(), ""),
                must("due", day(), ""),
                must("clock", words(Deadline.Reading.values()), ""),
                must("alarm", words(Deadline.Alarm.values()), ""),
                may("closed", moment(), ""),
                may("reference", line(1, 100), "how another system calls it that it was taken over from"),
                must("waits", new Shape.Flag(), "whether Kept has something to do about it"),
                must("tries", count(), "how often that was tried in vain"));
    }

    private static Shape person() {
        return thing(
                must("name", text(0, LONG), "as typed"),
                must("address", text(0, LONG), "as typed: nothing is sent there but the answer to a question"),
                must("words", text(0, MANY), "as typed"),
                must("details", map(text(0, LONG), LONG), "as typed"),
                may("on-file", line(1, LONG), "the address of hers that a store has"),
                must(
                        "keys",
                        map(map(list(list(text(0, MANY), LONG), MANY), LONG), LONG),
                        "by store and kind of person"));
    }

    private static Shape event() {
        return thing(
                must("at", moment(), ""),
                must("event", line(1, 40), ""),
                must("role", line(1, 40), "of who acted"),
                must("data", map(line(1, LONG), LONG), "days, words, ids"));
    }

    private static Shape message() {
        return thing(
                must("at", moment(), ""),
                must("author", words(Messages.Author.values()), ""),
                must("internal", new Shape.Flag(), "whether it is a note among staff"),
                must("text", text(0, Messages.MOST_CHARACTERS), ""));
    }

    private static Shape store() {
        return thing(
                must("store", line(1, LONG), ""),
                must("state", words(Details.StoreState.values()), ""),
                may("run", id(), ""),
                may("problem", text(1, MANY), "why it is not done; of what is done by hand, what to do"),
                may("due", day(), "of what is done by hand"),
                must("result", new Shape.Anything(), "counts, and what stays on which ground"));
    }

    private static Shape corrected() {
        Shape.Thing place =
                thing(must("table", line(1, LONG), ""), must("column", line(1, LONG), ""), must("rows", count(), ""));
        return thing(
                must("state", choice(List.of("done", "nothing", "refused", "dry-run")), ""),
                may("run", id(), ""),
                must(
                        "problems",
                        list(
                                thing(
                                        must("code", line(1, LONG), "see docs/correct.md"),
                                        must("detail", text(1, MANY), ""),
                                        may("try", text(1, MANY), "")),
                                MANY),
                        "what stands against it: all of it, without values"),
                must(
                        "changes",
                        list(
                                place.and(may(
                                        "why",
                                        line(1, 40),
                                        "left out where nobody could be answered when it was done")),
                                MANY),
                        ""),
                must("left", list(place.and(may("stays", text(1, MANY), "")), MANY), "where an old value still stands"),
                must("tell", list(line(1, LONG), MANY), "recipients that have to be told (Art. 19)"));
    }

    private static Shape verdicts() {
        return thing(
                must("report", id(), ""),
                must("as-of", moment(), ""),
                must("counts", map(count(), LONG), "sentences by verdict"),
                must(
                        "promises",
                        list(
                                thing(
                                        must("rule", line(1, LONG), "its path"),
                                        must("verdict", choice(List.of("broken", "not shown", "kept")), "")),
                                MANY),
                        ""));
    }

    private static Shape proofs() {
        return thing(must(
                "proofs",
                list(
                        thing(
                                must("at", moment(), ""),
                                must("entry", count(), "of the ledger"),
                                must("counts", map(count(), LONG), "rules by verdict"),
                                must("broken", list(line(1, LONG), MANY), "rules")),
                        RecordRoutes.MOST_PROOFS),
                "newest first"));
    }

    private static Shape subscriptions() {
        Shape.Thing delivery = thing(
                must("id", id(), "of the message: the same at every try"),
                must("type", line(1, LONG), ""),
                must("written", moment(), ""),
                must("state", choice(List.of("waiting", "sending", "taken", "given-up")), ""),
                must("tries", count(), ""),
                may("outcome", line(1, LONG), "of the last try: a status, or a word"));
        return thing(must(
                "subscriptions",
                list(
                        thing(
                                must("name", line(1, LONG), ""),
                                must("to", line(1, LONG), "scheme and host: the rest may be a secret"),
                                must("events", list(line(1, LONG), LONG), ""),
                                must("waiting", count(), "messages that are not taken yet"),
                                must("last", list(delivery, Deliveries.MOST_SHOWN), "newest first")),
                        LONG),
                "as kept.yaml names them"));
    }

    private static Shape contact() {
        return thing(must(
                "addresses",
                list(
                        thing(
                                must("rule", line(1, LONG), "its path"),
                                must("verdict", choice(List.of("broken", "not shown", "kept")), ""),
                                must("says", text(1, LONG), "what is known of it"),
                                may("try", text(1, LONG), "what to do")),
                        LONG),
                "of the notice (chapter 7)"));
    }

    private static Shape.Thing run() {
        return thing(
                must("id", id(), ""),
                must("kind", line(1, 40), "sweep, erase, correct"),
                must("store", line(1, LONG), ""),
                must("state", words(RunState.values()), ""),
                must("as-of", moment(), "the moment to which ends are counted"),
                must("began", moment(), ""),
                may("ended", moment(), ""));
    }

    private static Shape hold() {
        return thing(
                must("id", id(), ""),
                must("store", line(1, LONG), ""),
                must("table", line(1, LONG), ""),
                must("review-on", day(), ""),
                may("key", list(text(0, MANY), LONG), "of the record; only with the scope `see-held-records`"),
                may("reason", text(0, MANY), "the same"));
    }

    private static Shape doubt() {
        return thing(
                must("id", id(), ""),
                must("store", line(1, LONG), ""),
                must("kind", line(1, LONG), "of person"),
                must("why", choice(List.of("undated", "mixed", "shared")), ""),
                must("since", moment(), "when she was found"),
                may(
                        "erasing",
                        moment(),
                        "since when she can only be erased: somebody has begun, and something is left"),
                may("key", list(text(0, MANY), LONG), "of hers; only with the scope `see-doubtful`"));
    }

    private static Shape ledger() {
        return thing(
                must("log", line(1, LONG), "its name"),
                must("entries", count(), ""),
                may("checkpoint", count(), "how many of them are under the last signed checkpoint"),
                must("keys", list(line(1, LONG), LONG), "verifier keys (C2SP signed-note), oldest first"));
    }

    private static Shape verification() {
        return thing(
                must("state", choice(LedgerRoutes.STATES), ""),
                must("asked", moment(), "when it was begun"),
                may("ended", moment(), ""),
                may("entries", count(), "that were hashed again"),
                may("checkpoints", count(), "that were compared"),
                may("flaws", list(text(1, MANY), LedgerCheck.MOST_FLAWS), "what does not fit together"),
                may("problem", text(1, MANY), "why it broke off"));
    }

    private static Shape.Thing key() {
        return thing(
                must("id", id(), ""),
                must("name", line(1, ApiKeys.LONGEST_NAME), "of the program that uses it"),
                must("scopes", list(SCOPE, LONG), ""),
                must("granted", moment(), ""),
                must("ends", moment(), ""),
                may("revoked", moment(), ""),
                may("used-on", day(), "the last day, in UTC"));
    }

    private static Shape problem() {
        return thing(
                must("type", line(1, LONG), "stable; explained at this address"),
                must("title", line(1, LONG), ""),
                must("status", whole(400, 599), ""),
                may("detail", text(1, MANY), ""),
                may(
                        "errors",
                        list(
                                thing(
                                        may("pointer", line(0, LONG), "into the body (RFC 6901)"),
                                        may("parameter", line(1, LONG), "of the query"),
                                        must("detail", line(1, LONG), ""),
                                        may("try", line(1, LONG), "")),
                                Flaws.MOST),
                        "all that does not fit, at once"));
    }
}
