package dev.kept.server.api;

import static dev.kept.server.api.Shape.Field.must;

import dev.kept.server.api.Route.Effect;
import dev.kept.server.signin.Action;
import dev.kept.server.signin.ApiKeys;
import dev.kept.server.signin.ApiKeys.Granted;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Keys for programs: those there are, granting one, which is shown once, and ending it. No key grants more than it holds, or for longer. */
final class KeyRoutes {

    private static final Shape NEW = Shape.thing(
            must("name", Shape.line(1, ApiKeys.LONGEST_NAME), "of the program that uses it"),
            must(
                    "scopes",
                    Shape.list(Answers.SCOPE, Action.values().length),
                    "what it is good for: no more than this key holds"),
            must("last-day", Shape.day(), "in the controller's zone; within a year, and not after this key's end"));

    private static final String LIST = "keys";

    private final Bureau bureau;
    private final ApiKeys keys;

    KeyRoutes(Bureau bureau) {
        this.bureau = bureau;
        this.keys = new ApiKeys(bureau.state());
    }

    List<Route> all() {
        return List.of(
                Route.get(
                                "/keys",
                                Action.SEE_KEYS,
                                "keys",
                                "Keys for programs page by page, the newest first; never the keys themselves.",
                                Answers.KEYS,
                                this::list)
                        .taking(RequestRoutes.LIMIT, RequestRoutes.CURSOR),
                Route.post(
                                "/keys",
                                Effect.CREATES,
                                Action.GRANT_KEY,
                                "grant-key",
                                "Grants a key. It is shown this once: the same call sent again is answered without `secret`.",
                                NEW,
                                this::grant)
                        .answering(Answers.GRANTED)
                        .toldAgain(done -> answer(done).status(201)),
                Route.post(
                                "/keys/{id}/revoke",
                                Effect.ADDS,
                                Action.REVOKE_KEY,
                                "revoke-key",
                                "Ends a key at once. Keys that it granted stay good.",
                                Shape.thing(),
                                this::revoke)
                        .answering(Answers.GRANTED)
                        .toldAgain(this::answer));
    }

    private Answer list(Asked asked) {
        int most = asked.query().whole("limit", RequestRoutes.ROWS);
        Optional<ApiKeys.After> after = asked.query().word("cursor").map(KeyRoutes::after);
        List<ApiKeys.Key> rows = keys.list(after, most + 1);
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("keys", rows.stream().limit(most).map(KeyRoutes::view).toList());
        if (rows.size() > most) {
            ApiKeys.Key last = rows.get(most - 1);
            page.put(
                    "next", Cursor.of(LIST, last.granted().toString(), last.id().toString()));
        }
        return Answer.ok(page);
    }

    private static ApiKeys.After after(String cursor) {
        try {
            return Cursor.read(LIST, cursor, 2)
                    .map(place -> new ApiKeys.After(Instant.parse(place.get(0)), UUID.fromString(place.get(1))))
                    .orElseThrow(RequestRoutes::noCursor);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw RequestRoutes.noCursor();
        }
    }

    private static Map<String, Object> view(ApiKeys.Key key) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", key.id().toString());
        view.put("name", key.name());
        view.put("scopes", key.scopes().stream().map(Action::word).sorted().toList());
        view.put("granted", key.granted().toString());
        view.put("ends", key.ends().toString());
        key.revoked().ifPresent(at -> view.put("revoked", at.toString()));
        key.usedOn().ifPresent(day -> view.put("used-on", day.toString()));
        return view;
    }

    private Answer answer(UUID id) {
        return Answer.ok(view(find(id)));
    }

    private ApiKeys.Key find(UUID id) {
        return keys.find(id).orElseThrow(() -> NotDone.of(ProblemType.NOT_FOUND));
    }

    private Answer grant(Asked asked) {
        Given body = asked.body();
        Flaws flaws = new Flaws();
        Set<Action> scopes = EnumSet.noneOf(Action.class);
        List<String> words = body.words("scopes");
        words.forEach(word -> scopes.add(Action.of(word).orElseThrow()));
        if (words.isEmpty()) {
            flaws.add("/scopes", "is empty: the key would be good for nothing", "");
        }
        boolean mayGrant = asked.holder().caller().mayGrant(scopes);
        for (int i = 0; i < words.size(); i++) {
            if (!asked.may(Action.of(words.get(i)).orElseThrow())) {
                flaws.add("/scopes/" + i, "is more than this key holds", "ask somebody who holds it");
            }
        }
        Instant ends = ends(asked, flaws);
        if (flaws.any() || !mayGrant) {
            throw NotDone.flawed(mayGrant ? ProblemType.INVALID_BODY : ProblemType.MISSING_SCOPE, flaws.all());
        }
        Granted granted = keys.grant(asked.holder().caller(), body.text("name"), scopes, ends, asked.noted());
        Map<String, Object> view = view(find(granted.id()));
        view.put("secret", granted.secret());
        return Answer.ok(view).status(201).once();
    }

    /** The end of the last day. A key that could outlive itself in another would have no end. */
    private Instant ends(Asked asked, Flaws flaws) {
        Instant now = bureau.instant();
        Instant ends = asked.body()
                .day("last-day")
                .plusDays(1)
                .atStartOfDay(bureau.office().requests().terms().zone())
                .toInstant();
        if (!ends.isAfter(now)) {
            flaws.add("/last-day", "is over", "name a day that is still to come");
        } else if (ends.isAfter(
                now.atOffset(ZoneOffset.UTC).plus(ApiKeys.LONGEST).toInstant())) {
            flaws.add("/last-day", "is more than a year from now", "name one within a year");
        } else if (ends.isAfter(find(asked.holder().key()).ends())) {
            flaws.add("/last-day", "is later than this key ends", "let somebody with a longer one grant it");
        }
        return ends;
    }

    private Answer revoke(Asked asked) {
        ApiKeys.Key key = find(RecordRoutes.id(asked).orElseThrow(() -> NotDone.of(ProblemType.NOT_FOUND)));
        if (!keys.revoke(asked.holder().caller(), key.id(), asked.noted().apply(key.id()))) {
            throw NotDone.of(ProblemType.NOT_POSSIBLE, "this key was revoked already");
        }
        return answer(key.id());
    }
}
