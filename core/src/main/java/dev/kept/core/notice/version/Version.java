package dev.kept.core.notice.version;

import dev.kept.core.notice.Span;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a frozen version says of itself ({@code published/N/version.json}).
 *
 * @param number counted from 1
 * @param published the day on which it was frozen, in the controller's zone
 * @param effective the day from whose beginning it binds, in the controller's zone
 * @param follows the hash of the version before; empty for the first
 * @param files SHA-256 of every file it froze, by name, in hexadecimal
 * @param languages of its prose, the original first
 * @param asksWithin how long people have to answer where their consent is suspended; then it ends
 * @param suspends the consents it touches: ids of uses
 * @param reachesBack the uses whose new rules bind older data too, each by its path
 * @param renamed uses that have another id than in the version before: former ids by new ids
 * @param changes against the version before
 */
public record Version(
        int number,
        LocalDate published,
        LocalDate effective,
        Optional<String> follows,
        Map<String, String> files,
        List<String> languages,
        Span asksWithin,
        List<String> suspends,
        Map<String, ReachBack> reachesBack,
        Map<String, String> renamed,
        List<Change> changes) {

    /** How long people have to answer where nothing else is said. */
    public static final Span DEFAULT_ASKS_WITHIN = new Span(30, Span.Unit.DAY);

    public Version {
        files = java.util.Collections.unmodifiableMap(new TreeMap<>(files));
        languages = List.copyOf(languages);
        suspends = List.copyOf(suspends);
        reachesBack = java.util.Collections.unmodifiableMap(new TreeMap<>(reachesBack));
        renamed = java.util.Collections.unmodifiableMap(new TreeMap<>(renamed));
        changes = List.copyOf(changes);
    }

    /**
     * On which ground new rules of a use bind data dated before the version.
     *
     * @param told since when the people concerned have been told; until then the old rules bind their data
     */
    public record ReachBack(String ground, Optional<LocalDate> told) {}

    /** The same as people have been told since a day. */
    Version told(Optional<LocalDate> since) {
        Map<String, ReachBack> reaching = new TreeMap<>();
        reachesBack.forEach((path, back) -> reaching.put(path, new ReachBack(back.ground(), since)));
        return new Version(
                number,
                published,
                effective,
                follows,
                files,
                languages,
                asksWithin,
                suspends,
                reaching,
                renamed,
                changes);
    }

    /** Whether anything in it changes what people were promised. */
    public boolean material() {
        return changes.stream().anyMatch(change -> change.weight() == Change.Weight.MATERIAL);
    }

    /** The folder it lies in, from the notice's. */
    public String folder() {
        return "published/" + number;
    }
}
