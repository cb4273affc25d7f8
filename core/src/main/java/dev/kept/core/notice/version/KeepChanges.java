package dev.kept.core.notice.version;

import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Notice.SignalAnswer;
import dev.kept.core.notice.Notice.Then;
import dev.kept.core.notice.Span;
import dev.kept.core.notice.version.Change.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Chapters 5, 6 and 8: how long at most, what then, signals, and rights. */
final class KeepChanges {

    private KeepChanges() {}

    static List<Change> of(Notice before, Notice after) {
        List<Change> changes = new ArrayList<>();
        longest(
                changes,
                "keeps.longest",
                before.keeps().longest(),
                after.keeps().longest(),
                Reason.LONGER_PERIOD);
        if (before.keeps().rows() != after.keeps().rows()) {
            boolean weaker = after.keeps().rows() == Then.ANONYMISE;
            changes.add(Change.of(
                    "keeps.then.rows",
                    weaker ? Reason.WEAKER_DUTY : Reason.NARROWER,
                    weaker ? "rows were deleted, are anonymised" : "rows were anonymised, are deleted"));
        }
        if (!before.keeps().backups().equals(after.keeps().backups())) {
            changes.add(Change.of(
                    "keeps.then.backups",
                    Reason.WEAKER_DUTY,
                    "was `" + before.keeps().backups() + "`, is `"
                            + after.keeps().backups() + "`"));
        }
        before.signals().forEach((signal, then) -> {
            SignalAnswer now = after.signals().getOrDefault(signal, SignalAnswer.NOT_ANSWERED);
            if (then != now) {
                boolean weaker = then == SignalAnswer.HONOURED;
                changes.add(Change.of(
                        "signals." + signal,
                        weaker ? Reason.WEAKER_RIGHT : Reason.NARROWER,
                        weaker ? "was honoured, and is not any more" : "is honoured"));
            }
        });
        rights(changes, before, after);
        return changes;
    }

    private static void rights(List<Change> changes, Notice before, Notice after) {
        Sets.gone(before.rights().granted(), after.rights().granted())
                .forEach(gone -> changes.add(
                        Change.of("rights." + gone, Reason.WEAKER_RIGHT, "was granted, and is not any more")));
        Sets.gone(after.rights().granted(), before.rights().granted())
                .forEach(more -> changes.add(Change.of("rights." + more, Reason.NARROWER, "is granted")));
        longest(
                changes,
                "rights.answered-within",
                before.rights().answeredWithin(),
                after.rights().answeredWithin(),
                Reason.WEAKER_RIGHT);
        if (!before.rights().form().equals(after.rights().form())) {
            boolean gone = after.rights().form().isEmpty();
            changes.add(Change.of(
                    "rights.form",
                    gone ? Reason.WEAKER_RIGHT : Reason.WORDS,
                    gone ? "there is no form any more" : "the form has another address"));
        }
    }

    private static void longest(
            List<Change> changes, String path, Optional<Span> then, Optional<Span> now, Reason longer) {
        if (!then.equals(now)) {
            boolean same = then.isPresent()
                    && now.isPresent()
                    && Periods.maySurpass(then, now) == Periods.maySurpass(now, then);
            changes.add(Change.of(
                    path,
                    Periods.maySurpass(now, then) ? longer : same ? Reason.WORDS : Reason.NARROWER,
                    "was " + then.map(Span::toString).orElse("not said") + ", is "
                            + now.map(Span::toString).orElse("not said")));
        }
    }
}
