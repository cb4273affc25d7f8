package dev.kept.server.centre;

import dev.kept.core.rights.request.Deadline;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.request.StoredRequest;
import java.util.Map;
import java.util.Optional;

/**
 * Where a request stands, in plain words. As long as nobody proved who asks, nothing is shown that differs between an address that is known and one
 * that is not.
 *
 * @param about a sentence on it
 * @param look {@code wants} something of the person, {@code done}, or neither
 */
record Shown(String label, String about, String look) {

    /** @param hers whether the browser has proven that it is hers */
    static Shown of(Guest guest, StoredRequest stored, boolean hers) {
        Stage stage = guest.hides(stored, hers) ? new Stage.Received() : stage(stored, hers);
        String word = stage.word();
        boolean question = stored.request().ask().kind() == Kind.QUESTION;
        return switch (stage) {
            case Stage.Received received when question -> plain(guest, "question", "");
            case Stage.Received received -> plain(guest, word, "wants");
            case Stage.Proven proven -> plain(guest, word, "");
            case Stage.InReview review -> plain(guest, word, "");
            case Stage.CarryingOut carrying -> plain(guest, word, "");
            case Stage.Failed failed -> plain(guest, word, "");
            case Stage.Clarifying clarifying -> plain(guest, word, "wants");
            case Stage.Held held -> {
                String about = guest.words().say("state.held.about", Map.of("date", guest.day(held.reviewOn())));
                yield new Shown(guest.say("state.held"), about, "");
            }
            case Stage.Answered answered ->
                new Shown(guest.say("state.answered"), answered(guest, answered, question), "done");
            case Stage.Refused refused -> {
                Map<String, String> why = Map.of(
                        "ground",
                        guest.say("ground." + refused.ground().word()),
                        "article",
                        Citation.of(refused.ground().article(), guest));
                yield new Shown(guest.say("state.refused"), guest.words().say("state.refused.about", why), "");
            }
            case Stage.Withdrawn withdrawn -> plain(guest, word, "");
            case Stage.Expired expired -> plain(guest, word, "");
            case Stage.Joined joined -> plain(guest, word, "");
        };
    }

    private static String answered(Guest guest, Stage.Answered answered, boolean question) {
        if (question) {
            return guest.say("state.answered.mailed");
        }
        return guest.say(answered.inPart() ? "state.answered.part" : "state.answered.about");
    }

    private static Shown plain(Guest guest, String word, String look) {
        return new Shown(guest.say("state." + word), guest.say("state." + word + ".about"), look);
    }

    /** A request is joined to another of the same person where there is one: that she has one is hers to know. */
    private static Stage stage(StoredRequest stored, boolean hers) {
        Stage stage = stored.request().stage();
        return stage instanceof Stage.Joined && !hers ? new Stage.Received() : stage;
    }

    /** Why the clock stands where it stands; nothing where the request is at its end. */
    static Optional<String> clock(Guest guest, StoredRequest stored, Deadline deadline) {
        return switch (deadline.reading()) {
            case RUNS, STANDS ->
                Optional.of(guest.say("clock." + deadline.reading().word()));
            case EXTENDED ->
                stored.request()
                        .extension()
                        .map(told -> guest.words()
                                .say(
                                        "clock.extended",
                                        Map.of(
                                                "reason",
                                                guest.say("reason."
                                                        + told.reason()
                                                                .name()
                                                                .toLowerCase(java.util.Locale.ROOT)
                                                                .replace('_', '-')))));
            case STOPPED -> Optional.empty();
        };
    }
}
