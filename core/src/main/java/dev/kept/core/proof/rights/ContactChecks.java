package dev.kept.core.proof.rights;

import dev.kept.core.notice.Notice;
import dev.kept.core.proof.Check;
import dev.kept.core.proof.Finding;
import dev.kept.core.proof.Seen;
import dev.kept.core.proof.Spot;
import dev.kept.core.proof.Unclear;
import dev.kept.core.proof.Unclear.Reason;
import dev.kept.core.proof.Verdict;
import dev.kept.core.proof.rights.ContactTries.Outcome;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Whether somebody answers at the addresses of the notice (chapter 7; GDPR Art. 12(2), 13(1)(a) and (b)). */
public final class ContactChecks {

    public static final String EMAIL = "contact.email";
    public static final String POST = "contact.post";

    private ContactChecks() {}

    /** @param today where the controller is */
    public static List<Check> of(Notice notice, ContactTries tries, LocalDate today) {
        List<Check> checks = new ArrayList<>();
        if (!notice.contact().email().isEmpty()) {
            checks.add(new Check(EMAIL, email(tries, today)));
        }
        if (!notice.contact().post().isEmpty()) {
            checks.add(new Check(POST, post(tries, today)));
        }
        return checks;
    }

    private static Verdict email(ContactTries tries, LocalDate today) {
        long cameBack = tries.inARow(Outcome.CAME_BACK);
        long unanswered = tries.inARow(Outcome.UNANSWERED);
        if (cameBack > 0) {
            return Verdict.broken(List.of(new Finding(
                    Finding.Kind.CAME_BACK,
                    Spot.of(RightsChecks.STORE),
                    cameBack,
                    "a letter to the notice's mail address came back on "
                            + tries.telling().getFirst().on(),
                    "mend the mailbox, or publish an address that is read; then kept contact --ask")));
        }
        if (unanswered >= ContactTries.MOST_UNANSWERED) {
            return Verdict.broken(List.of(new Finding(
                    Finding.Kind.UNANSWERED,
                    Spot.of(RightsChecks.STORE),
                    unanswered,
                    "letters to the notice's mail address, one after the other, that nobody answered",
                    "see who reads it; then kept contact --ask")));
        }
        return tries.answered()
                .filter(on -> !on.plusDays(ContactTries.ANSWER_DAYS).isBefore(today))
                .map(on -> Verdict.kept(new Seen(
                        RightsChecks.STORE,
                        1,
                        "a letter to the notice's mail address was answered on " + on + besides(unanswered))))
                .orElseGet(() -> Verdict.notShown(noAnswer(tries, unanswered)));
    }

    private static String besides(long unanswered) {
        return unanswered == 0 ? "" : "; " + letters(unanswered) + " since then nobody answered";
    }

    private static String letters(long count) {
        return count == 1 ? "1 letter" : count + " letters";
    }

    private static Unclear noAnswer(ContactTries tries, long unanswered) {
        String known = tries.answered()
                .map(on -> "a letter to the notice's mail address was last answered on " + on + ", more than "
                        + ContactTries.ANSWER_DAYS + " days ago")
                .orElse(
                        unanswered == 0
                                ? "no letter to the notice's mail address has been answered yet"
                                : letters(unanswered) + " to the notice's mail address nobody answered");
        if (tries.waiting().isPresent()) {
            return Unclear.of(
                    Reason.NOTHING_HAPPENED,
                    known + "; one is under way since " + tries.waiting().get(),
                    "the link in it followed, and the button there pressed");
        }
        return tries.hindrance()
                .map(why -> Unclear.of(Reason.NOTHING_HAPPENED, known + ": " + why.why(), why.remedy()))
                .orElseGet(() -> Unclear.of(
                        Reason.NOTHING_HAPPENED, known, "kept contact --ask, or `kept serve`, which asks by itself"));
    }

    private static Verdict post(ContactTries tries, LocalDate today) {
        return tries.arrived()
                .filter(on -> !on.plusDays(ContactTries.POST_DAYS).isBefore(today))
                .map(on -> Verdict.kept(new Seen(
                        RightsChecks.STORE,
                        1,
                        "a letter by post arrived at the notice's postal address on " + on
                                + ", by the word of somebody of the company")))
                .orElseGet(
                        () -> Verdict.notShown(
                                Unclear.of(
                                        Reason.NOTHING_HAPPENED,
                                        tries.arrived()
                                                .map(on -> "a letter by post last arrived on " + on + ", more than "
                                                        + ContactTries.POST_DAYS + " days ago")
                                                .orElse("nobody has said yet that a letter by post arrives"),
                                        "a letter sent to that address, and its arrival noted: kept contact --arrived DATE --operator NAME")));
    }
}
