package dev.kept.server.console;

import dev.kept.core.html.Html;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What was done just now, as the page that follows says it: an address carries a word of ours and nothing else. */
enum Done {
    LOOKING("Looking. The figures come when the look has ended; this page then shows them."),
    APPROVED(
            "Approved. The next sweep carries it out within 24 hours, if neither plan nor date has changed; “Sweep now” is one."),
    SWEEPING("Sweeping. What came of it is in the history; this page shows if it waits for a second person."),
    HELD("The hold stands."),
    LIFTED("Lifted. What it delayed is due with the next sweep."),
    ERASED("She was erased again, and nobody is asked about her any more."),
    ERASED_IN_PART(
            Parts.Tone.WARN,
            "She was erased in part: of some of her data it is not known whether its use has ended, so she is still asked about."
                    + " See to what is not dated in the store, then erase what is left of her."),
    LEFT("She is left alone, and nobody is asked about her again until the store is restored once more."),
    VERIFYING("Verifying. The result comes when all entries were read; this page then shows it."),
    WRITTEN("A letter goes to the address of the notice. Who reads it there follows its link."),
    UNDER_WAY("A letter is under way already; it counts when its link is followed."),
    ARRIVED("Noted, by your role in the ledger: a letter by post arrived."),
    GRANTED("The key is good from now on."),
    REVOKED("The key opens nothing any more."),
    ENTERED("Entered. The time to answer counts from the day it was received."),
    PROVEN("It is noted who asks, and how that was established."),
    CARRIED("Approved: it is carried out now."),
    REFUSED("Refused. The person is told why, and where to complain."),
    EXTENDED("The time is extended, and the person is told."),
    ASKED("Asked. Who asks, and what is meant, stop the clock; other questions do not."),
    WENT_ON("It goes on."),
    RETRIED("It is tried again."),
    NOTED("Noted."),
    ANSWERED("Answered."),
    CORRECTED("Corrected. Now answer, in words."),
    ENDS("The person is told; the restriction ends on that day."),
    REOPENED("Reopened. Who asks has to be established again."),
    TOLD("Noted, by your role in the ledger: the recipient was told."),
    SOME("Done for all of them."),
    PARTLY(
            "Done for some: others are at a stage at which it cannot be done, need words of their own (an objection), or changed meanwhile.");

    private final Parts.Tone tone;
    private final String said;

    Done(String said) {
        this(Parts.Tone.GOOD, said);
    }

    Done(Parts.Tone tone, String said) {
        this.tone = tone;
        this.said = said;
    }

    /** An address with what was done. */
    String at(String path) {
        return path + (path.contains("?") ? "&" : "?") + "done=" + word();
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Set<String> words() {
        return Arrays.stream(values()).map(Done::word).collect(Collectors.toUnmodifiableSet());
    }

    static Html note(Asked asked) {
        String word = asked.visit().query().text("done");
        Optional<Done> done =
                Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
        return done.map(one -> Parts.note(one.tone, one.said)).orElseGet(Html::new);
    }
}
