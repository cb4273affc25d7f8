package dev.kept.server.api;

import dev.kept.core.rights.request.Deadline;
import dev.kept.core.rights.request.EventData;
import dev.kept.core.rights.request.Identity;
import dev.kept.core.rights.request.Request;
import dev.kept.core.rights.request.Stage;
import dev.kept.core.rights.request.Terms;
import dev.kept.server.request.Details.StorePart;
import dev.kept.server.request.Inbox;
import dev.kept.server.request.Messages.Message;
import dev.kept.server.request.Requests.Happened;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.request.Typed;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Requests as JSON. Who asks stands in {@link #person} and {@link #message} only. */
public final class RequestViews {

    private RequestViews() {}

    static Map<String, Object> request(StoredRequest stored, Terms terms, Instant now) {
        Request request = stored.request();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("number", stored.number());
        view.put("id", stored.id().toString());
        view.put("kind", request.ask().kind().word());
        view.put("uses", request.ask().uses());
        view.put("language", stored.language());
        view.put("channel", stored.channel().word());
        view.put("received", stored.firstReceivedAt().toString());
        view.put("stage", request.stage().word());
        stage(view, request.stage());
        view.put("proven", request.identity().isPresent());
        request.identity().map(Identity::way).ifPresent(way -> view.put("way", way.word()));
        view.put("deadline", deadline(request.deadline(terms, now), terms, now));
        request.extension()
                .ifPresent(extension -> view.put(
                        "extension",
                        Map.of(
                                "reason", word(extension.reason()),
                                "months", extension.months(),
                                "at", extension.at().toString())));
        request.closedAt().ifPresent(at -> view.put("closed", at.toString()));
        view.put("version", stored.version());
        return view;
    }

    private static void stage(Map<String, Object> view, Stage stage) {
        switch (stage) {
            case Stage.InReview(Identity identity, Stage.Review why) -> view.put("review", word(why));
            case Stage.Clarifying(Stage.Question question, Stage.Open before) -> {
                view.put("question", word(question));
                view.put("before", before.word());
            }
            case Stage.Held held -> {
                view.put("review-on", held.reviewOn().toString());
                view.put("before", held.before().word());
            }
            case Stage.Answered answered -> view.put("in-part", answered.inPart());
            case Stage.Refused refused -> view.put("ground", refused.ground().word());
            case Stage.Joined joined -> view.put("into", joined.into().toString());
            case Stage.Received plain -> {}
            case Stage.Proven plain -> {}
            case Stage.CarryingOut plain -> {}
            case Stage.Failed plain -> {}
            case Stage.Withdrawn plain -> {}
            case Stage.Expired plain -> {}
        }
    }

    private static Map<String, Object> deadline(Deadline deadline, Terms terms, Instant now) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("received", deadline.received().toString());
        view.put("due", deadline.due().toString());
        view.put("extend-by", deadline.extendBy().toString());
        view.put("paused-days", deadline.pausedDays());
        view.put("clock", deadline.reading().word());
        view.put("alarm", deadline.alarm(Deadline.day(now, terms)).word());
        return view;
    }

    /** One of a list: without whoever asks. */
    public static Map<String, Object> row(Inbox.Row row) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("number", row.number());
        view.put("id", row.id().toString());
        view.put("kind", row.kind().word());
        view.put("uses", row.uses());
        view.put("language", row.language());
        view.put("channel", row.channel().word());
        view.put("received", row.firstReceivedAt().toString());
        view.put("stage", row.stage());
        view.put("proven", row.proven());
        view.put("due", row.due().toString());
        view.put("clock", row.reading().word());
        view.put("alarm", row.alarm().word());
        row.closedAt().ifPresent(at -> view.put("closed", at.toString()));
        row.reference().ifPresent(reference -> view.put("reference", reference));
        view.put("waits", row.waits());
        view.put("tries", row.tries());
        return view;
    }

    static Map<String, Object> event(Happened happened) {
        Map<String, String> data = new LinkedHashMap<>(EventData.of(happened.event()));
        data.remove("event");
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("at", happened.at().toString());
        view.put("event", happened.event().word());
        view.put("role", happened.role());
        view.put("data", data);
        return view;
    }

    static Map<String, Object> message(Message message) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("at", message.at().toString());
        view.put("author", word(message.author()));
        view.put("internal", message.internal());
        view.put("text", message.text());
        return view;
    }

    static Map<String, Object> store(StorePart part) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("store", part.store());
        view.put("state", word(part.state()));
        part.run().ifPresent(run -> view.put("run", run.toString()));
        part.problem().ifPresent(problem -> view.put("problem", problem));
        part.dueOn().ifPresent(due -> view.put("due", due.toString()));
        view.put("result", part.result());
        return view;
    }

    static Map<String, Object> person(
            Optional<Typed> typed, Optional<String> onFile, Map<String, Map<String, List<List<String>>>> keys) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", typed.map(Typed::name).orElse(""));
        view.put("address", typed.map(Typed::address).orElse(""));
        view.put("words", typed.map(Typed::words).orElse(""));
        view.put("details", typed.map(Typed::details).orElse(Map.of()));
        onFile.ifPresent(address -> view.put("on-file", address));
        view.put("keys", keys);
        return view;
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
