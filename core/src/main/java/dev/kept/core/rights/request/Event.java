package dev.kept.core.rights.request;

import java.time.LocalDate;
import java.util.UUID;

/** What happens to a request. Without texts and names: each is an entry of the ledger as it is. */
public sealed interface Event {

    /** It was established who asks. */
    record Prove(Identity identity) implements Event {}

    /** It goes to a person. */
    record Review(Stage.Review why) implements Event {}

    /** It is carried out: at once after the proof, or after a person's yes. */
    record CarryOut() implements Event {}

    /** A store did not do its part. */
    record Fail() implements Event {}

    /** It is tried again. */
    record Retry() implements Event {}

    /** The person is asked something, in a message of the same transaction. */
    record AskBack(Stage.Question question) implements Event {}

    /** She answered, or somebody found the answer elsewhere. */
    record Clarify() implements Event {}

    /** The time is extended (Art. 12(3)); the person is told in a message of the same transaction. */
    record Extend(Extension.Reason reason, int months) implements Event {}

    /** The letter that told of the extension did not reach her: it does not count (Art. 12(3)). */
    record Untold() implements Event {}

    record Hold(LocalDate reviewOn) implements Event {}

    record Release() implements Event {}

    /** Everything was done and the person is told, in a message of the same transaction. */
    record Answer() implements Event {}

    /** A person decided to answer although a store did not do its part; the message says what is missing. */
    record AnswerInPart() implements Event {}

    /** With the reason and the ways to complain, in a message of the same transaction (Art. 12(4)). */
    record Refuse(RefusalGround ground) implements Event {}

    /** By the person herself. */
    record Withdraw() implements Event {}

    record Expire() implements Event {}

    record Join(UUID into) implements Event {}

    /** It begins anew, and who asks has to be established again. */
    record Reopen() implements Event {}

    /** As data writes it: {@code ask-back}. */
    default String word() {
        return switch (this) {
            case Prove e -> "prove";
            case Review e -> "review";
            case CarryOut e -> "carry-out";
            case Fail e -> "fail";
            case Retry e -> "retry";
            case AskBack e -> "ask-back";
            case Clarify e -> "clarify";
            case Extend e -> "extend";
            case Untold e -> "untold";
            case Hold e -> "hold";
            case Release e -> "release";
            case Answer e -> "answer";
            case AnswerInPart e -> "answer-in-part";
            case Refuse e -> "refuse";
            case Withdraw e -> "withdraw";
            case Expire e -> "expire";
            case Join e -> "join";
            case Reopen e -> "reopen";
        };
    }
}
