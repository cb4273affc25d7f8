package dev.kept.server.api;

import dev.kept.server.configuration.Home;
import dev.kept.server.http.Entries;
import dev.kept.server.http.Premises;
import dev.kept.server.http.Refused;
import dev.kept.server.http.Reply;
import dev.kept.server.http.Room;
import dev.kept.server.http.Throttle;
import dev.kept.server.http.Trouble;
import dev.kept.server.http.Visit;
import dev.kept.server.http.Visit.Method;
import dev.kept.server.request.Office;
import dev.kept.server.signin.ApiKeys;
import dev.kept.server.signin.ApiKeys.Holder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What programs can do over HTTP, under {@code /api/v1} (docs/api.md). Who calls is told by a key alone: no cookie counts, so that no page of
 * another site can act for anybody, and no page of another site is let read.
 */
public final class ApiRoom implements Room {

    static final String ROOT = "/api/v1";

    /** How often a key may call. */
    static final Throttle.Rule KEY_RULE = new Throttle.Rule("api-key", 600, Duration.ofMinutes(1));

    /** How often one client may call with keys that are none. */
    static final Throttle.Rule STRANGER_RULE = new Throttle.Rule("api-stranger", 60, Duration.ofMinutes(1));

    private static final String PROBLEM_JSON = "application/problem+json";
    private static final String MATCH = "If-Match";

    private final Premises premises;
    private final Bureau bureau;
    private final ApiKeys keys;
    private final Writing writing;
    private final List<Route> routes;
    private final byte[] description;

    /** @param offices all that works on requests, by the folder as it was read */
    public ApiRoom(Premises premises, Function<Home, Office> offices) {
        this.premises = premises;
        this.bureau = new Bureau(premises, offices);
        this.keys = new ApiKeys(premises.home().state());
        this.writing = new Writing(bureau);
        List<Route> all = new ArrayList<>(new RequestRoutes(bureau).all());
        all.addAll(new ActRoutes(bureau).all());
        all.addAll(new PlanRoutes(bureau).all());
        all.addAll(new RecipientRoutes(bureau).all());
        all.addAll(new MapRoutes(bureau).all());
        all.addAll(new SettingsRoutes(bureau).all());
        all.addAll(new RecordRoutes(bureau).all());
        all.addAll(new DoubtRoutes(bureau).all());
        all.addAll(new HoldRoutes(bureau).all());
        all.addAll(new SweepRoutes(bureau).all());
        all.addAll(new KeyRoutes(bureau).all());
        all.addAll(new LedgerRoutes(bureau).all());
        all.addAll(new ContactRoutes(bureau).all());
        all.addAll(new SubscriptionRoutes(bureau).all());
        this.routes = List.copyOf(all);
        this.description = Json.write(OpenApi.of(routes));
    }

    List<Route> routes() {
        return routes;
    }

    @Override
    public String name() {
        return "api";
    }

    @Override
    public Optional<Reply> answer(Visit visit) {
        if (!visit.path().equals("/api") && !visit.path().startsWith("/api/")) {
            return Optional.empty();
        }
        try {
            return Optional.of(respond(visit));
        } catch (NotDone e) {
            return Optional.of(problem(e));
        } catch (Refused e) {
            return Optional.of(trouble(e.trouble()));
        }
    }

    @Override
    public Reply trouble(Trouble trouble) {
        NotDone told = NotDone.of(ProblemType.of(trouble));
        boolean unread =
                trouble == Trouble.TOO_LARGE || trouble == Trouble.TOO_SLOW || trouble == Trouble.NOT_UNDERSTOOD;
        // what was not read of the body would be taken for the next call
        return problem(unread ? told.with("Connection", "close") : told);
    }

    private static Reply problem(NotDone told) {
        return new Reply.Data(
                told.type().status(), PROBLEM_JSON, Json.write(told.document()), told.headers(), List.of());
    }

    private Reply respond(Visit visit) {
        String below = visit.path().startsWith(ROOT) ? visit.path().substring(ROOT.length()) : "";
        if (below.equals("/openapi.json")) {
            only(visit);
            return Reply.Data.of(200, Answer.JSON, description);
        }
        if (below.startsWith("/problems/")) {
            only(visit);
            return explained(below.substring("/problems/".length()));
        }
        Holder holder = holder(visit);
        Route route = route(visit.method(), below);
        route.needs().filter(needed -> !holder.caller().may(needed)).ifPresent(needed -> {
            throw NotDone.of(ProblemType.MISSING_SCOPE, "the key lacks the scope `" + needed.word() + "`")
                    .with("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"" + needed.word() + "\"");
        });
        List<String> parts = route.match(below).orElseThrow();
        Given query = query(route, visit.query());
        return route.effect() == Route.Effect.READS
                ? route.handler().answer(asked(holder, parts, query, visit)).reply()
                : writing.write(route, visit, asked(holder, parts, query, visit))
                        .reply();
    }

    private static void only(Visit visit) {
        if (visit.method() != Method.GET) {
            throw notAllowed(Set.of(Method.GET));
        }
    }

    private static NotDone notAllowed(Set<Method> methods) {
        String allow = new TreeSet<>(methods)
                .stream()
                        .map(method -> method == Method.GET ? "GET, HEAD" : method.name())
                        .collect(Collectors.joining(", "));
        return NotDone.of(ProblemType.METHOD_NOT_ALLOWED, "this address takes " + allow)
                .with("Allow", allow);
    }

    private static Reply explained(String word) {
        ProblemType type = ProblemType.of(word).orElseThrow(() -> NotDone.of(ProblemType.NOT_FOUND));
        return Answer.ok(Map.of("type", type.address(), "title", type.title(), "status", type.status()))
                .reply();
    }

    private Holder holder(Visit visit) {
        Optional<Holder> holder = visit.header("Authorization").flatMap(keys::holder);
        if (holder.isEmpty()) {
            admitted(STRANGER_RULE, premises.throttle().count(STRANGER_RULE, visit.client()));
            throw NotDone.of(ProblemType.UNAUTHORIZED, "send Authorization: Bearer and a key that has not ended")
                    .with("WWW-Authenticate", "Bearer realm=\"kept\"");
        }
        admitted(
                KEY_RULE, premises.throttle().count(KEY_RULE, holder.get().key().toString()));
        return holder.get();
    }

    private static void admitted(Throttle.Rule rule, Throttle.Answer answer) {
        switch (answer) {
            case Throttle.Answer.Admitted admitted -> {}
            case Throttle.Answer.TooOften(Duration after) ->
                throw NotDone.of(
                                ProblemType.TOO_MANY,
                                "at most " + rule.most() + " in " + rule.span().toSeconds() + " seconds")
                        .with("Retry-After", Long.toString(after.toSeconds()));
        }
    }

    private Route route(Method method, String below) {
        List<Route> there =
                routes.stream().filter(route -> route.match(below).isPresent()).toList();
        if (there.isEmpty()) {
            throw NotDone.of(ProblemType.NOT_FOUND, "all addresses are in " + ROOT + "/openapi.json");
        }
        return there.stream()
                .filter(route -> route.method() == method)
                .findFirst()
                .orElseThrow(() -> notAllowed(there.stream().map(Route::method).collect(Collectors.toSet())));
    }

    private static Asked asked(Holder holder, List<String> parts, Given query, Visit visit) {
        List<String> match = visit.values(MATCH);
        return new Asked(
                holder,
                parts,
                query,
                query,
                match.isEmpty() ? Optional.empty() : Optional.of(String.join(",", match)),
                request -> List.of());
    }

    /** Parameters as a flat object: numbers and truth values are written as texts. */
    private static Given query(Route route, Entries sent) {
        Shape.Thing shape = new Shape.Thing(route.query());
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        Flaws flaws = new Flaws();
        List<String> known = route.query().stream().map(Shape.Field::name).toList();
        for (String name : sent.names()) {
            if (!known.contains(name)) {
                flaws.unknown("", name, known);
            } else if (sent.all(name).size() > 1) {
                flaws.add("/" + name, "is there more than once", "");
            } else {
                object.set(name, parameter(sent.text(name)));
            }
        }
        shape.check(object, "", flaws);
        if (flaws.any()) {
            throw NotDone.flawed(
                    ProblemType.INVALID_QUERY,
                    flaws.all().stream().map(ApiRoom::ofQuery).toList());
        }
        return new Given(object);
    }

    private static JsonNode parameter(String text) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (text.equals("true") || text.equals("false")) {
            return nodes.booleanNode(text.equals("true"));
        }
        return text.matches("-?\\d{1,9}") ? nodes.numberNode(Integer.parseInt(text)) : nodes.stringNode(text);
    }

    private static Flaw ofQuery(Flaw flaw) {
        return flaw.where() instanceof Flaw.Where.Pointer(String pointer)
                ? new Flaw(
                        new Flaw.Where.Parameter(pointer.isEmpty() ? "?" : pointer.substring(1)),
                        flaw.detail(),
                        flaw.attempt())
                : flaw;
    }
}
