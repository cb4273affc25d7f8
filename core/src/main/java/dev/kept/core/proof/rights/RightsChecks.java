package dev.kept.core.proof.rights;

import dev.kept.core.notice.Notice;
import dev.kept.core.proof.Check;
import dev.kept.core.proof.Finding;
import dev.kept.core.proof.Seen;
import dev.kept.core.proof.Spot;
import dev.kept.core.proof.Unclear;
import dev.kept.core.proof.Unclear.Reason;
import dev.kept.core.proof.Verdict;
import dev.kept.core.proof.rights.RequestFigures.Answers;
import java.util.ArrayList;
import java.util.List;

/** Whether people who ask are answered, and in time. */
public final class RightsChecks {

    /** Where requests lie: in Kept's own database. */
    public static final String STORE = "kept";

    private static final String ERASE = "erase";

    private RightsChecks() {}

    /** What the figures say of each right of the notice, of the time to answer, and of the form. */
    public static List<Check> of(Notice notice, RequestFigures figures) {
        List<Check> checks = new ArrayList<>();
        if (notice.rights().answeredWithin().isPresent()) {
            checks.add(new Check("rights.answered-within", inTime(figures)));
        }
        for (String right : notice.rights().granted()) {
            Answers answers = figures.of(right);
            if (answers.overdue() > 0) {
                checks.add(new Check("rights." + right, Verdict.broken(List.of(overdue(answers.overdue())))));
            } else if (answers.answered() + answers.late() > 0) {
                checks.add(new Check("rights." + right, Verdict.kept(answered(answers))));
            } else if (!right.equals(ERASE)) { // erasures are looked at in the stores themselves
                checks.add(new Check("rights." + right, Verdict.notShown(nobody(right, answers))));
            }
        }
        notice.rights().form().ifPresent(form -> checks.add(new Check("rights.form", form(figures))));
        return checks;
    }

    private static Verdict inTime(RequestFigures figures) {
        Answers all = figures.all();
        List<Finding> findings = new ArrayList<>();
        if (all.overdue() > 0) {
            findings.add(overdue(all.overdue()));
        }
        if (all.late() > 0) {
            findings.add(new Finding(
                    Finding.Kind.ANSWERED_LATE,
                    Spot.of(STORE),
                    all.late(),
                    "requests that were answered after their last day, since " + figures.since(),
                    "see in the console what they waited for"));
        }
        if (!findings.isEmpty()) {
            return Verdict.broken(findings);
        }
        if (all.answered() == 0) {
            return Verdict.notShown(Unclear.of(
                    Reason.NOTHING_HAPPENED,
                    "no request has been answered yet"
                            + (all.open() > 0 ? "; " + all.open() + " are open, in time" : ""),
                    "a request received and answered through Kept"));
        }
        return Verdict.kept(new Seen(
                STORE,
                all.answered(),
                "requests since " + figures.since() + ", each answered by its last day"
                        + figures.medianDays()
                                .map(days -> ", half of them within " + days(days))
                                .orElse("")
                        + figures.slowestDays()
                                .map(days -> ", the slowest after " + days(days))
                                .orElse("")
                        + (all.open() > 0 ? "; " + all.open() + " are open, in time" : "")));
    }

    private static String days(long days) {
        return days == 1 ? "1 day" : days + " days";
    }

    private static Finding overdue(long count) {
        return new Finding(
                Finding.Kind.OVERDUE,
                Spot.of(STORE),
                count,
                "requests that are not answered although their last day is over",
                "answer them: the console lists them first");
    }

    private static Seen answered(Answers answers) {
        return new Seen(
                STORE,
                answers.answered() + answers.late(),
                "requests that were answered"
                        + (answers.refused() > 0
                                ? ", " + answers.refused() + " of them by a refusal with its ground"
                                : ""));
    }

    private static Unclear nobody(String right, Answers answers) {
        return Unclear.of(
                Reason.NOTHING_HAPPENED,
                answers.open() > 0
                        ? "nobody who invoked `" + right + "` has been answered yet; " + answers.open()
                                + " are open, in time"
                        : "nobody has invoked `" + right + "` yet, as far as Kept knows",
                "a request received and answered through Kept");
    }

    private static Verdict form(RequestFigures figures) {
        return figures.byForm() > 0
                ? Verdict.kept(
                        new Seen(STORE, figures.byForm(), "requests came in through the form since " + figures.since()))
                : Verdict.notShown(Unclear.of(
                        Reason.NOTHING_HAPPENED,
                        "no request has come in through the form of Kept's privacy centre",
                        "the form opened and sent in"));
    }
}
