package dev.kept.core.model.random;

import dev.kept.core.notice.End;
import dev.kept.core.notice.LegalBasis;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Span;
import dev.kept.core.notice.Use;
import dev.kept.core.notice.version.Draft;
import dev.kept.core.notice.version.Obeyed;
import dev.kept.core.notice.version.Published;
import dev.kept.core.notice.version.Version;
import dev.kept.core.notice.version.Version.ReachBack;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An earlier version of a notice thought up from a seed: other periods, uses that were not there, data that joined. */
final class VersionsDraft {

    /** Versions take effect somewhere in the time that rows are dated and histories run. */
    private static final LocalDate FIRST = LocalDate.of(2024, 9, 1);

    private static final int DAYS = 1_000;
    private static final int MOST_DAYS_TO_ANSWER = 60;

    private final Dice dice;
    private final Notice notice;

    private VersionsDraft(Dice dice, Notice notice) {
        this.dice = dice;
        this.notice = notice;
    }

    /** The rules that bind: of every third seed, with an earlier version. Throws dice of its own: what else a seed makes stays. */
    static Notice of(Notice notice, long seed) {
        return seed % 3 == 0 ? new VersionsDraft(new Dice(~seed), notice).bound() : notice;
    }

    private Notice bound() {
        Map<String, Use> before = new LinkedHashMap<>();
        List<String> suspended = new ArrayList<>();
        Map<String, ReachBack> back = new LinkedHashMap<>();
        notice.uses().forEach((id, use) -> {
            if (!dice.chance(20)) {
                before.put(id, earlier(use));
            }
            if (use.basis() == LegalBasis.CONSENT && dice.chance(40)) {
                suspended.add(id);
            }
            if (dice.chance(15)) {
                back.put(
                        use.path(), new ReachBack("a ground", dice.chance(70) ? Optional.of(day()) : Optional.empty()));
            }
        });
        Version first = new Version(
                1,
                FIRST,
                FIRST,
                Optional.empty(),
                Map.of(),
                List.of("en"),
                Version.DEFAULT_ASKS_WITHIN,
                List.of(),
                Map.of(),
                Map.of(),
                List.of());
        Span asks = new Span(dice.between(0, MOST_DAYS_TO_ANSWER), Span.Unit.DAY);
        return Obeyed.rules(
                notice,
                List.of(new Published(first, "", notice.with(before))),
                Optional.of(new Draft(day(), asks, suspended, back, Map.of())));
    }

    private LocalDate day() {
        return FIRST.plusDays(dice.between(0, DAYS));
    }

    private Use earlier(Use use) {
        Set<String> data = new LinkedHashSet<>(use.data());
        if (data.size() > 1 && dice.chance(40)) {
            data.remove(data.iterator().next());
        }
        List<End> ends = dice.chance(60) ? otherPeriods(use.ends()) : use.ends();
        return new Use(
                use.id(),
                use.path(),
                use.basis(),
                use.interest(),
                use.purposes(),
                data,
                use.begins(),
                ends,
                use.onRequest(),
                use.whiles(),
                use.directMarketing(),
                use.anonymisedAtLeast(),
                use.law());
    }

    private List<End> otherPeriods(List<End> ends) {
        return ends.stream()
                .<End>map(end -> switch (end) {
                    case End.Clause clause -> other(clause);
                    case End.LastOf lastOf ->
                        new End.LastOf(
                                lastOf.clauses().stream().map(this::other).toList());
                })
                .toList();
    }

    private End.Clause other(End.Clause clause) {
        return new End.Clause(
                clause.events(), new Span(dice.between(0, 24), Span.Unit.MONTH), clause.endOfYear(), clause.renews());
    }
}
