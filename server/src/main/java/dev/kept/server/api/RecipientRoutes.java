package dev.kept.server.api;

import static dev.kept.server.api.Shape.Field.must;

import dev.kept.core.rights.request.NotAllowed;
import dev.kept.server.answer.PostedLetter;
import dev.kept.server.api.Route.Effect;
import dev.kept.server.inform.Attempt;
import dev.kept.server.inform.Informed;
import dev.kept.server.inform.Told;
import dev.kept.server.mail.NotedMail;
import dev.kept.server.request.Actor;
import dev.kept.server.request.Papers;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.signin.Action;
import dev.kept.server.signin.Acts;
import dev.kept.server.state.PrivateLog;
import dev.kept.server.state.StateChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What was sent about a request, and what became of it: letters, with those that came back; recipients (Art. 19), with those whom somebody has to tell. By
 * what one knows the person is told only with the scope to tell it.
 */
final class RecipientRoutes {

    private static final String TELL = "told-recipient";

    private final Bureau bureau;
    private final Informed informed;

    RecipientRoutes(Bureau bureau) {
        this.bureau = bureau;
        this.informed = new Informed(bureau.state());
    }

    List<Route> all() {
        return List.of(
                Route.get(
                        RequestRoutes.ONE + "/letters",
                        Action.SEE_REQUESTS,
                        "letters",
                        "What became of letters about it: neither to whom they went nor what they said.",
                        Answers.LETTERS,
                        this::letters),
                Route.post(
                                RequestRoutes.ONE + "/letter",
                                Effect.ADDS,
                                Action.APPROVE_REQUEST,
                                "letter",
                                "Writes an answer by post: a page to be printed, told once, with its evidence in the ledger. What it says is kept nowhere.",
                                Shape.thing(
                                        must(
                                                "to",
                                                Shape.list(Shape.line(1, 200), PostedLetter.MOST_ADDRESS_LINES),
                                                "lines of an address"),
                                        must("subject", Shape.line(1, 150), ""),
                                        must(
                                                "text",
                                                Shape.text(1, PostedLetter.MOST_TEXT_CHARACTERS),
                                                "paragraphs, parted by empty lines")),
                                this::letter)
                        .answering(Answers.LETTER)
                        .toldAgain(request -> Answer.ok(
                                Map.of("number", numbered(List.of(request)).getOrDefault(request, "")))),
                Route.get(
                        RequestRoutes.ONE + "/recipients",
                        Action.SEE_REQUESTS,
                        "recipients-of",
                        "Who was told of what the request changed (Art. 19), and who has confirmed.",
                        Answers.RECIPIENTS,
                        this::of),
                Route.get(
                        "/recipients",
                        Action.SEE_REQUESTS,
                        "recipients",
                        "Recipients whom somebody has to tell, soonest due first.",
                        Answers.RECIPIENTS,
                        asked -> several(informed.tasks(RecipientShapes.MOST), informed.left())),
                Route.get(
                        "/recipients/{id}",
                        Action.TELL_RECIPIENT,
                        "recipient",
                        "Personal: one of them, with each try, and by what it knows the person until it is told.",
                        Answers.RECIPIENT,
                        asked -> one(told(asked))),
                Route.post(
                                "/recipients/{id}/told",
                                Effect.ADDS,
                                Action.TELL_RECIPIENT,
                                TELL,
                                "Somebody has told it: what is kept of the person for that is destroyed.",
                                Shape.thing(
                                        must("by", Shape.line(1, 200), "who told it; for the private log"),
                                        must(
                                                "how",
                                                Shape.text(1, Actor.MOST_CHARACTERS),
                                                "when, and by which way; for the private log")),
                                this::close)
                        .answering(Answers.RECIPIENT)
                        .toldAgain(id -> one(informed.find(id).orElseThrow(RecipientRoutes::unknown))));
    }

    private Answer letter(Asked asked) {
        StoredRequest stored = RequestRoutes.find(bureau, asked);
        Acts.Noted act = new Acts(bureau.state())
                .act(
                        asked.holder().caller(),
                        "letter-printed",
                        "printed a letter",
                        Map.of("request", stored.id().toString()));
        List<StateChange> with = new ArrayList<>(asked.noted().apply(stored.id()));
        with.addAll(act.writes());
        Given body = asked.body();
        try {
            Papers.Paper paper = bureau.office()
                    .papers()
                    .write(stored, body.words("to"), body.text("subject"), body.text("text"), with);
            return Answer.ok(Map.of("number", stored.number(), "entry", paper.entry(), "page", paper.page()))
                    .once();
        } catch (NotAllowed e) {
            throw NotDone.of(ProblemType.NOT_POSSIBLE, String.valueOf(e.getMessage()));
        }
    }

    private static NotDone unknown() {
        return NotDone.of(ProblemType.NOT_FOUND, "no such recipient is told of anything");
    }

    private Told told(Asked asked) {
        return RecordRoutes.id(asked).flatMap(informed::find).orElseThrow(RecipientRoutes::unknown);
    }

    private Answer letters(Asked asked) {
        StoredRequest stored = RequestRoutes.find(bureau, asked);
        return Answer.ok(Map.of(
                "letters",
                bureau.office().mails().of(stored.id()).stream()
                        .map(RecipientRoutes::letter)
                        .toList()));
    }

    private static Map<String, Object> letter(NotedMail mail) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("kind", mail.kind());
        view.put("state", mail.state().word());
        view.put("written", mail.madeAt().toString());
        mail.doneAt().ifPresent(at -> view.put("ended", at.toString()));
        view.put("tries", mail.tries());
        mail.reason().ifPresent(reason -> view.put("reason", reason));
        return view;
    }

    private Answer of(Asked asked) {
        List<Told> all = informed.of(RequestRoutes.find(bureau, asked).id());
        return several(all, all.size());
    }

    private Answer several(List<Told> told, long all) {
        Map<UUID, String> numbers = numbers(told);
        return Answer.ok(Map.of(
                "recipients", told.stream().map(one -> view(one, numbers)).toList(), "all", all));
    }

    private Map<UUID, String> numbers(List<Told> all) {
        return numbered(all.stream().map(Told::request).toList());
    }

    private Map<UUID, String> numbered(List<UUID> requests) {
        return bureau.office().requests().numbers(requests);
    }

    private static Map<String, Object> view(Told told, Map<UUID, String> numbers) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", told.id().toString());
        view.put("recipient", told.recipient());
        Optional.ofNullable(numbers.get(told.request())).ifPresent(number -> view.put("number", number));
        view.put("of", told.request().toString());
        view.put("done", told.done());
        view.put("way", told.way());
        view.put("state", told.standing().word());
        told.reason().ifPresent(reason -> view.put("reason", reason));
        view.put("written", told.madeAt().toString());
        told.toldAt().ifPresent(at -> view.put("told", at.toString()));
        view.put("due", told.dueAt().toString());
        told.endedAt().ifPresent(at -> view.put("ended", at.toString()));
        view.put("reminders", told.reminders());
        return view;
    }

    private Answer one(Told told) {
        Map<String, Object> view = view(told, numbers(List.of(told)));
        view.put(
                "tries",
                informed.attempts(told.id()).stream()
                        .map(RecipientRoutes::attempt)
                        .toList());
        informed.knownBy(told.id()).ifPresent(known -> view.put("knows", known));
        return Answer.ok(view);
    }

    private static Map<String, Object> attempt(Attempt attempt) {
        return Map.of("at", attempt.at().toString(), "outcome", attempt.outcome());
    }

    private Answer close(Asked asked) {
        Told told = told(asked);
        Actor actor = asked.actor(asked.body().text("by"), asked.body().text("how"));
        PrivateLog.Act act = bureau.state().privateLog().act(actor.name().orElseThrow(), actor.account(), actor.said());
        List<StateChange> with = new ArrayList<>(asked.noted().apply(told.id()));
        with.add(act.write());
        if (!informed.close(told.id(), new Informed.Staff(actor.role(), act.commitment()), with)) {
            throw NotDone.of(ProblemType.NOT_POSSIBLE, "nobody has to tell this recipient any more");
        }
        return one(told(asked));
    }
}
