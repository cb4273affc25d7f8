package dev.kept.core.notice.version;

import dev.kept.core.notice.End;
import dev.kept.core.notice.LegalBasis;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.OnRequest;
import dev.kept.core.notice.Use;
import dev.kept.core.notice.version.Change.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Chapter 2, and what the law has kept longer: purposes, their data, basis and ends. */
final class UseChanges {

    /** What a request for erasure does to a use, the most first. */
    private static final List<OnRequest> STRONGEST_FIRST =
            List.of(OnRequest.ENDS, OnRequest.AT_ITS_END, OnRequest.REVIEW, OnRequest.NEVER);

    private UseChanges() {}

    static List<Change> of(Notice before, Notice after) {
        List<Change> changes = new ArrayList<>();
        after.uses().values().forEach(now -> {
            Use then = before.uses().get(now.id());
            if (then == null) {
                changes.add(Change.of(now.path(), Reason.NEW_USE, "is a use, and was none"));
            } else {
                changes.addAll(of(then, now));
            }
        });
        before.uses().values().stream()
                .filter(then -> !after.uses().containsKey(then.id()))
                .forEach(then ->
                        changes.add(Change.of(then.path(), Reason.NARROWER, "was a use, and is none any more")));
        return changes;
    }

    private static List<Change> of(Use then, Use now) {
        List<Change> changes = new ArrayList<>();
        String path = now.path();
        if (!then.path().equals(path)) {
            changes.add(Change.of(path, Reason.NEW_USE, "stood at `" + then.path() + "`"));
        }
        if (!then.concernsPersons() && now.concernsPersons()) {
            changes.add(Change.of(path, Reason.NEW_USE, "used anonymised data only, and now uses persons' data"));
            return changes;
        }
        purposes(changes, then, now);
        basis(changes, then, now);
        data(changes, then, now);
        ends(changes, then, now);
        rights(changes, then, now);
        anonymised(changes, then, now);
        return changes;
    }

    private static void purposes(List<Change> changes, Use then, Use now) {
        List<String> added = Sets.gone(now.purposes(), then.purposes());
        List<String> gone = Sets.gone(then.purposes(), now.purposes());
        if (!added.isEmpty()) {
            changes.add(Change.of(now.path() + ".purpose", Reason.NEW_USE, "serves " + Sets.quoted(added) + ", too"));
        }
        if (!gone.isEmpty()) {
            changes.add(Change.of(
                    now.path() + ".purpose", Reason.NARROWER, "does not serve " + Sets.quoted(gone) + " any more"));
        }
        if (!then.directMarketing() && now.directMarketing()) {
            changes.add(
                    Change.of(now.path() + ".direct-marketing", Reason.NEW_USE, "is direct marketing, and was not"));
        }
        if (!then.interest().equals(now.interest())) {
            changes.add(Change.of(
                    now.path() + ".interest",
                    now.interest().isPresent() ? Reason.NEW_USE : Reason.WORDS,
                    "names " + (now.interest().isPresent() ? "another interest" : "no interest any more")));
        }
    }

    /** Consent is the basis a person can take back at any time: every other is weaker for her. */
    private static void basis(List<Change> changes, Use then, Use now) {
        if (then.basis() != now.basis()) {
            changes.add(Change.of(
                    now.path() + ".basis",
                    now.basis() == LegalBasis.CONSENT ? Reason.NARROWER : Reason.WEAKER_BASIS,
                    "rested on " + then.basis().word() + ", rests on "
                            + now.basis().word()));
        }
        if (!then.law().equals(now.law())) {
            changes.add(Change.of(now.path() + ".law", Reason.WEAKER_BASIS, "cites another law"));
        }
        if (then.duty() != now.duty()) {
            boolean weaker = now.duty() == Use.Duty.PERMITTED;
            changes.add(Change.of(
                    now.path() + ".duty",
                    weaker ? Reason.WEAKER_BASIS : Reason.NARROWER,
                    weaker ? "was demanded by law, is only permitted" : "is demanded by law"));
        }
    }

    private static void data(List<Change> changes, Use then, Use now) {
        List<String> added = Sets.gone(now.data(), then.data());
        List<String> gone = Sets.gone(then.data(), now.data());
        if (!added.isEmpty()) {
            changes.add(Change.of(now.path() + ".data", Reason.NEW_DATA, "uses " + Sets.quoted(added) + ", too"));
        }
        if (!gone.isEmpty()) {
            changes.add(Change.of(
                    now.path() + ".data", Reason.NARROWER, "does not use " + Sets.quoted(gone) + " any more"));
        }
    }

    private static void ends(List<Change> changes, Use then, Use now) {
        if (!then.begin().equals(now.begin())) {
            changes.add(Change.of(now.path() + ".begins", Reason.LONGER_PERIOD, "begins with another event"));
        }
        if (!then.ends().equals(now.ends())) {
            Reason reason = later(then.ends(), now.ends())
                    ? Reason.LONGER_PERIOD
                    : later(now.ends(), then.ends()) ? Reason.NARROWER : Reason.WORDS;
            changes.add(Change.of(
                    now.path() + ".ends", reason, "ended " + said(then.ends()) + "; ends " + said(now.ends())));
        }
    }

    /** Whether one of the ends there were may come before all that there are. */
    private static boolean later(List<End> then, List<End> now) {
        return then.stream().anyMatch(was -> now.stream().noneMatch(is -> noLater(is, was)));
    }

    /** Whether an end comes no later than another, whatever happens: for each of its clauses the other waits for one that comes no earlier. */
    private static boolean noLater(End end, End other) {
        return end.clauses().stream()
                .allMatch(clause -> other.clauses().stream().anyMatch(waited -> noLater(clause, waited)));
    }

    private static boolean noLater(End.Clause clause, End.Clause other) {
        return clause.events().equals(other.events())
                && (!clause.endOfYear() || other.endOfYear())
                && (!clause.renews() || other.renews())
                && (clause.span().equals(other.span()) || clause.within(other.span()) || withinRounded(clause, other));
    }

    /** Both are rounded up to the end of a year: the periods alone decide. */
    private static boolean withinRounded(End.Clause clause, End.Clause other) {
        return clause.endOfYear() && new End.Clause(clause.events(), clause.span(), false, false).within(other.span());
    }

    private static String said(List<End> ends) {
        return ends.stream()
                .map(end -> end.clauses().stream()
                        .map(clause -> clause.span() + " after `" + String.join("`, else `", clause.events()) + "`"
                                + (clause.endOfYear() ? ", to the end of the year" : "")
                                + (clause.renews() ? ", each time anew" : ""))
                        .collect(Collectors.joining(" and ")))
                .collect(Collectors.joining(", or "));
    }

    private static void rights(List<Change> changes, Use then, Use now) {
        int was = STRONGEST_FIRST.indexOf(then.onRequest());
        int is = STRONGEST_FIRST.indexOf(now.onRequest());
        if (was != is) {
            changes.add(Change.of(
                    now.path() + ".on-request",
                    is > was ? Reason.WEAKER_RIGHT : Reason.NARROWER,
                    "on request: " + then.onRequest().word() + "; now: "
                            + now.onRequest().word()));
        }
        if (!then.whiles().equals(now.whiles())) {
            // Where none is named, every condition that a table declares delays.
            boolean weaker = !then.whiles().isEmpty()
                    && (now.whiles().isEmpty()
                            || !Sets.gone(now.whiles(), then.whiles()).isEmpty());
            changes.add(Change.of(
                    now.path() + ".while",
                    weaker ? Reason.WEAKER_RIGHT : Reason.NARROWER,
                    weaker ? "more delays a request" : "less delays a request"));
        }
        if (then.directMarketing() && !now.directMarketing()) {
            changes.add(Change.of(
                    now.path() + ".direct-marketing",
                    Reason.WEAKER_RIGHT,
                    "an objection ended it at once, and does not any more (Art. 21(3))"));
        }
    }

    private static void anonymised(List<Change> changes, Use then, Use now) {
        if (then.concernsPersons() && !now.concernsPersons()) {
            changes.add(Change.of(now.path() + ".form", Reason.NARROWER, "uses anonymised data only"));
        } else if (!then.anonymisedAtLeast().equals(now.anonymisedAtLeast())) {
            int was = then.anonymisedAtLeast().orElseThrow();
            int is = now.anonymisedAtLeast().orElseThrow();
            changes.add(Change.of(
                    now.path() + ".at-least",
                    is < was ? Reason.WEAKER_DUTY : Reason.NARROWER,
                    "groups were of at least " + was + ", are of at least " + is));
        }
    }
}
