package dev.kept.core.notice;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A privacy notice as rules. Only a notice without errors becomes a value of this type.
 *
 * @param languages of the prose, the original first (BCP 47)
 * @param uses chapter 2 and {@code keeps.beyond} together, by id, in the order written
 * @param never kinds of sharing that never happen ({@code sale})
 */
public record Notice(
        String name,
        List<String> languages,
        Controller controller,
        Covers covers,
        Map<String, Category> collects,
        Map<String, Use> uses,
        Map<String, Share> shares,
        List<String> never,
        Map<String, Cookie> cookies,
        Keeps keeps,
        Map<String, SignalAnswer> signals,
        Contact contact,
        Rights rights) {

    public Notice {
        languages = List.copyOf(languages);
        collects = ordered(collects);
        uses = ordered(uses);
        shares = ordered(shares);
        never = List.copyOf(never);
        cookies = ordered(cookies);
        signals = ordered(signals);
    }

    /** The same with other rules for its uses. */
    public Notice with(Map<String, Use> otherUses) {
        return new Notice(
                name,
                languages,
                controller,
                covers,
                collects,
                otherUses,
                shares,
                never,
                cookies,
                keeps,
                signals,
                contact,
                rights);
    }

    /** The same with other categories. */
    public Notice collecting(Map<String, Category> others) {
        return new Notice(
                name,
                languages,
                controller,
                covers,
                others,
                uses,
                shares,
                never,
                cookies,
                keeps,
                signals,
                contact,
                rights);
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** Whether the use follows people about: a cookie or pixel that is not strictly necessary serves it. Only such uses a signal can refuse. */
    public boolean tracks(Use use) {
        return cookies.values().stream().anyMatch(cookie -> cookie.group().equals(use.id()));
    }

    /** What the notice covers. */
    public record Covers(List<String> sites, List<String> services, List<String> also) {
        public Covers {
            sites = List.copyOf(sites);
            services = List.copyOf(services);
            also = List.copyOf(also);
        }
    }

    /** Chapter 5: the longest any purpose needs, and what happens then. */
    public record Keeps(Optional<Span> longest, Then rows, String backups) {}

    /** What happens to rows whose purposes have ended. */
    public enum Then {
        DELETE,
        ANONYMISE
    }

    /** Chapter 6: whether a browser's signal is answered. */
    public enum SignalAnswer {
        HONOURED,
        NOT_ANSWERED
    }

    /** Chapter 7. */
    public record Contact(String email, String post) {}

    /**
     * Chapter 8: the rights granted, by name ({@code access}, {@code correct}, {@code erase} …), and the time to answer.
     *
     * @param form the address of the form through which they are asked for
     */
    public record Rights(Optional<Span> answeredWithin, List<String> granted, Optional<String> form) {
        public Rights(Optional<Span> answeredWithin, List<String> granted) {
            this(answeredWithin, granted, Optional.empty());
        }

        public Rights {
            granted = List.copyOf(granted);
        }
    }
}
