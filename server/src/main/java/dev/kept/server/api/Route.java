package dev.kept.server.api;

import dev.kept.server.http.Visit.Method;
import dev.kept.server.signin.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One thing that can be done: its address, what a key has to be good for, what is sent and what is answered.
 *
 * @param path below {@code /api/v1}; {@code {name}} stands for one part
 * @param needs empty where any key will do
 * @param id its name in the description
 * @param query parameters that it takes
 * @param body empty where none is sent
 * @param answer what a call that was done is answered with
 * @param again answers by what there is now, where nobody could be answered when it was done; empty where a request is what there is
 */
record Route(
        Method method,
        String path,
        Effect effect,
        Optional<Action> needs,
        String id,
        String says,
        List<Shape.Field> query,
        Optional<Shape> body,
        String answer,
        Handler handler,
        Optional<Again> again) {

    /** What a call does. */
    enum Effect {
        READS,
        /** Makes something new: sent twice, it would be there twice. */
        CREATES,
        /** Changes a request, as it was when the caller read it. */
        ACTS,
        /** Adds to a request, however it stands. */
        ADDS
    }

    /** Does it. */
    interface Handler {
        Answer answer(Asked asked);
    }

    /** Answers by what there is now. */
    interface Again {
        /** @param done what it was done to, or what was made */
        Answer answer(UUID done);
    }

    Route {
        query = List.copyOf(query);
    }

    /** Reads something; {@code answer} names the shape of what is answered. */
    static Route get(String path, Action needs, String id, String says, String answer, Handler handler) {
        return new Route(
                Method.GET,
                path,
                Effect.READS,
                Optional.of(needs),
                id,
                says,
                List.of(),
                Optional.empty(),
                answer,
                handler,
                Optional.empty());
    }

    /** Does something that leaves a request behind. */
    static Route post(String path, Effect effect, Action needs, String id, String says, Shape body, Handler handler) {
        return new Route(
                Method.POST,
                path,
                effect,
                Optional.of(needs),
                id,
                says,
                List.of(),
                Optional.of(body),
                Answers.REQUEST,
                handler,
                Optional.empty());
    }

    Route taking(Shape.Field... parameters) {
        return new Route(method, path, effect, needs, id, says, List.of(parameters), body, answer, handler, again);
    }

    Route answering(String other) {
        return new Route(method, path, effect, needs, id, says, query, body, other, handler, again);
    }

    Route toldAgain(Again other) {
        return new Route(method, path, effect, needs, id, says, query, body, answer, handler, Optional.of(other));
    }

    Route forAnyKey() {
        return new Route(method, path, effect, Optional.empty(), id, says, query, body, answer, handler, again);
    }

    int status() {
        return effect == Effect.CREATES ? 201 : 200;
    }

    /** What stands for the named parts of the path; nothing where it is another path. */
    Optional<List<String>> match(String below) {
        String[] wanted = path.split("/", -1);
        String[] given = below.split("/", -1);
        if (wanted.length != given.length) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                parts.add(given[i]);
            } else if (!wanted[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(parts);
    }
}
