package dev.kept.server.api;

import dev.kept.server.http.Visit;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.util.PSQLException;
import tools.jackson.databind.JsonNode;

/** Calls that do something: their body is held against its shape, and each is done once, however often it is sent. */
final class Writing {

    private static final String IDEMPOTENCY = "Idempotency-Key";

    private final Bureau bureau;
    private final Calls calls;

    Writing(Bureau bureau) {
        this.bureau = bureau;
        this.calls = new Calls(bureau.state());
    }

    /** Reads what was sent, and does it; the same call again is answered as before. */
    Answer write(Route route, Visit visit, Asked asked) {
        byte[] raw = visit.body(Answer.JSON, Json.MOST_BYTES);
        JsonNode sent = Json.read(raw);
        Flaws flaws = new Flaws();
        route.body().ifPresent(shape -> shape.check(sent, "", flaws));
        if (flaws.any()) {
            throw NotDone.flawed(ProblemType.INVALID_BODY, flaws.all());
        }
        List<String> named = visit.values(IDEMPOTENCY);
        if (named.size() > 1 || (named.isEmpty() && route.effect() == Route.Effect.CREATES)) {
            throw NotDone.of(
                    ProblemType.IDEMPOTENCY_KEY_MISSING,
                    "send one, so that a call that is sent twice makes one request");
        }
        Asked whole =
                new Asked(asked.holder(), asked.parts(), asked.query(), new Given(sent), asked.match(), asked.noted());
        if (named.isEmpty()) {
            return route.handler().answer(whole);
        }
        Calls.Call call = Calls.call(
                asked.holder().key(),
                named.getFirst(),
                Calls.bytes(visit.method().name()),
                Calls.bytes(visit.path()),
                raw);
        return switch (calls.claim(call)) {
            case Calls.Claim.Answered(Answer before) -> before;
            case Calls.Claim.Done(UUID done) -> again(route, done);
            case Calls.Claim.Fresh fresh -> once(route, whole, call);
        };
    }

    /** Nobody was answered when it was done: told by what the request is now. */
    private Answer again(Route route, UUID request) {
        if (route.again().isPresent()) {
            return route.again().get().answer(request);
        }
        var stored = bureau.office().requests().find(request).orElseThrow(() -> NotDone.of(ProblemType.NOT_FOUND));
        return route.effect() == Route.Effect.CREATES
                ? RequestRoutes.entered(bureau, stored)
                : RequestRoutes.answer(bureau, stored);
    }

    private Answer once(Route route, Asked asked, Calls.Call call) {
        Asked noting =
                new Asked(asked.holder(), asked.parts(), asked.query(), asked.body(), asked.match(), call::effect);
        try {
            Answer answer = route.handler().answer(noting);
            calls.answered(call, answer);
            return answer;
        } catch (JdbiException e) {
            if (constraint(e).startsWith("api_effect")) {
                throw NotDone.of(ProblemType.IN_PROGRESS).with("Retry-After", "1");
            }
            calls.failed(call);
            throw e;
        } catch (RuntimeException e) {
            calls.failed(call);
            throw e;
        }
    }

    static String constraint(JdbiException failure) {
        return failure.getCause() instanceof PSQLException cause
                        && cause.getServerErrorMessage() != null
                        && cause.getServerErrorMessage().getConstraint() != null
                ? cause.getServerErrorMessage().getConstraint()
                : "";
    }
}
