package dev.kept.core.rights.request;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Events as data: names and words only, as the database and the ledger have them. */
public final class EventData {

    private static final String EVENT = "event";

    private EventData() {}

    /** The event as sorted fields, {@code event} its name. */
    public static Map<String, String> of(Event event) {
        Map<String, String> data = new TreeMap<>();
        data.put(EVENT, event.word());
        switch (event) {
            case Event.Prove(Identity identity) -> {
                data.put("way", identity.way().word());
                identity.checkedBy().ifPresent(commitment -> data.put("checked-by", commitment));
            }
            case Event.Review(Stage.Review why) -> data.put("why", Kind.Words.of(why));
            case Event.AskBack(Stage.Question question) -> data.put("question", Kind.Words.of(question));
            case Event.Extend(Extension.Reason reason, int months) -> {
                data.put("reason", Kind.Words.of(reason));
                data.put("months", Integer.toString(months));
            }
            case Event.Hold(LocalDate reviewOn) -> data.put("review-on", reviewOn.toString());
            case Event.Refuse(RefusalGround ground) -> data.put("ground", ground.word());
            case Event.Join(UUID into) -> data.put("into", into.toString());
            case Event.Untold e -> {}
            case Event.CarryOut e -> {}
            case Event.Fail e -> {}
            case Event.Retry e -> {}
            case Event.Clarify e -> {}
            case Event.Release e -> {}
            case Event.Answer e -> {}
            case Event.AnswerInPart e -> {}
            case Event.Withdraw e -> {}
            case Event.Expire e -> {}
            case Event.Reopen e -> {}
        }
        return data;
    }

    /**
     * The event that was written.
     *
     * @param at when it happened
     * @throws IllegalArgumentException where the fields are no event's
     */
    public static Event read(Map<String, String> data, Instant at) {
        return switch (field(data, EVENT)) {
            case "prove" ->
                new Event.Prove(new Identity(
                        Kind.Words.read(Identity.Way.class, field(data, "way")),
                        at,
                        Optional.ofNullable(data.get("checked-by"))));
            case "review" -> new Event.Review(Kind.Words.read(Stage.Review.class, field(data, "why")));
            case "carry-out" -> new Event.CarryOut();
            case "fail" -> new Event.Fail();
            case "retry" -> new Event.Retry();
            case "ask-back" -> new Event.AskBack(Kind.Words.read(Stage.Question.class, field(data, "question")));
            case "clarify" -> new Event.Clarify();
            case "extend" ->
                new Event.Extend(
                        Kind.Words.read(Extension.Reason.class, field(data, "reason")),
                        Integer.parseInt(field(data, "months")));
            case "untold" -> new Event.Untold();
            case "hold" -> new Event.Hold(LocalDate.parse(field(data, "review-on")));
            case "release" -> new Event.Release();
            case "answer" -> new Event.Answer();
            case "answer-in-part" -> new Event.AnswerInPart();
            case "refuse" -> new Event.Refuse(Kind.Words.read(RefusalGround.class, field(data, "ground")));
            case "withdraw" -> new Event.Withdraw();
            case "expire" -> new Event.Expire();
            case "join" -> new Event.Join(UUID.fromString(field(data, "into")));
            case "reopen" -> new Event.Reopen();
            default -> throw new IllegalArgumentException("no event is called so");
        };
    }

    private static String field(Map<String, String> data, String name) {
        return Objects.requireNonNull(data.get(name), name);
    }
}
