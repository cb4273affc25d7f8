package dev.kept.server.access;

import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Use;
import dev.kept.core.rights.Sight;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a package is about.
 *
 * @param id of the package; the journal knows it by this
 * @param asOf the moment up to which dates are reckoned
 * @param noticeHash SHA-256 of the notice's rules, in hexadecimal
 * @param sights what the person sees, by store; only stores that know her
 * @param keys her keys, by store and kind
 */
public record Contents(
        UUID id,
        Instant asOf,
        Notice notice,
        String noticeHash,
        Words words,
        List<Sight> sights,
        Map<String, Map<String, List<List<String>>>> keys) {

    public Contents {
        sights = List.copyOf(sights);
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }

    /** Whether something of hers is restricted (Art. 18). */
    boolean restricted() {
        return sights.stream().anyMatch(Sight::restricted);
    }

    /** Uses that she objected to and that nobody has weighed yet (Art. 21(1)), in the notice's order. */
    List<Use> objected() {
        return notice.uses().values().stream()
                .filter(use ->
                        sights.stream().anyMatch(sight -> sight.objected().contains(use.id())))
                .toList();
    }
}
