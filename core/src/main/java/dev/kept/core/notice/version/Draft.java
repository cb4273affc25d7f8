package dev.kept.core.notice.version;

import dev.kept.core.notice.Span;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What the next version will say of itself.
 *
 * @param suspends ids of the uses whose consents it touches
 * @param reachesBack by the paths of uses
 * @param renamed former ids of uses by new ids
 */
public record Draft(
        LocalDate effective,
        Span asksWithin,
        List<String> suspends,
        Map<String, Version.ReachBack> reachesBack,
        Map<String, String> renamed) {
    public Draft {
        renamed = Map.copyOf(renamed);
        suspends = List.copyOf(suspends);
        reachesBack = Map.copyOf(reachesBack);
    }
}
