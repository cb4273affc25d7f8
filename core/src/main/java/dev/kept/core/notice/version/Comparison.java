package dev.kept.core.notice.version;

import dev.kept.core.notice.LegalBasis;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Promises;
import dev.kept.core.notice.Share;
import dev.kept.core.notice.Use;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.notice.version.Change.Reason;
import dev.kept.core.notice.version.Change.Weight;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a version differs from the one before, rule by rule: what people have to be told of before it binds them, and what is other words
 * only. Which consents it touches: those of uses that get more data, a recipient or another purpose, or that last longer (EDPB Guidelines
 * 05/2020, 109 and 110: a consent covers what was told).
 */
public record Comparison(
        List<Change> changes, List<String> suspends, List<String> touched, Map<String, String> perhapsRenamed) {

    /**
     * @param suspends ids of the uses whose consents are suspended
     * @param perhapsRenamed new uses that may be former ones under another id: former ids by new ids
     * @param touched ids of the uses with a material change: the people they concern are told
     */
    public Comparison {
        changes = List.copyOf(changes);
        suspends = List.copyOf(suspends);
        touched = List.copyOf(touched);
        perhapsRenamed = Map.copyOf(perhapsRenamed);
    }

    /** The first version differs from nothing. */
    public static Comparison none() {
        return new Comparison(List.of(), List.of(), List.of(), Map.of());
    }

    /** The rules and the prose of each language of two versions. */
    public static Comparison of(Notice before, Notice after, List<Prose> saidBefore, List<Prose> saidAfter) {
        return of(before, after, saidBefore, saidAfter, Map.of());
    }

    /** @param renamed former ids of uses by new ids */
    public static Comparison of(
            Notice then, Notice after, List<Prose> saidBefore, List<Prose> saidAfter, Map<String, String> renamed) {
        Notice before = Renames.apply(then, renamed);
        List<Change> changes = new ArrayList<>();
        renamed.forEach((is, was) -> Optional.ofNullable(after.uses().get(is))
                .ifPresent(use -> changes.add(Change.of(use.path(), Reason.WORDS, "was called `" + was + "`"))));
        changes.addAll(CoverChanges.of(before, after));
        changes.addAll(CategoryChanges.of(before, after));
        changes.addAll(UseChanges.of(before, after));
        changes.addAll(ShareChanges.of(before, after));
        changes.addAll(KeepChanges.of(before, after));
        changes.addAll(ProseChanges.of(saidBefore, saidAfter, Promises.anchors(after)));
        return new Comparison(
                changes, suspended(before, after, changes), touched(after, changes), Renames.guesses(before, after));
    }

    public boolean material() {
        return changes.stream().anyMatch(change -> change.weight() == Weight.MATERIAL);
    }

    /** Uses named by a material change, or by one of a recipient or a category of theirs. */
    private static List<String> touched(Notice after, List<Change> changes) {
        Set<String> touched = new LinkedHashSet<>();
        for (Change change : changes) {
            if (change.weight() == Weight.MATERIAL) {
                for (Use use : after.uses().values()) {
                    if (use.concernsPersons() && concerns(change, use, after)) {
                        touched.add(use.id());
                    }
                }
            }
        }
        return List.copyOf(touched);
    }

    private static boolean concerns(Change change, Use use, Notice after) {
        return concernsEverybody(change, after) || touches(change, use, after);
    }

    /** Whether the change is one of the use, of a cookie or recipient that serves it, or of its data. */
    private static boolean touches(Change change, Use use, Notice after) {
        boolean cookie = after.cookies().values().stream()
                .filter(set -> set.group().equals(use.id()))
                .anyMatch(set -> within(change.path(), set.path()));
        if (cookie || within(change.path(), use.path())) {
            return true;
        }
        boolean shared = after.shares().values().stream()
                .filter(share -> within(change.path(), share.path()))
                .anyMatch(share -> servesUse(share, use));
        return shared || use.data().stream().anyMatch(category -> within(change.path(), "collects." + category));
    }

    /** What is promised beside any one use is promised to everybody: so are cookies of no use, and kinds of sharing that never happened. */
    private static boolean concernsEverybody(Change change, Notice after) {
        String path = change.path();
        if (within(path, "cookies")) {
            return after.cookies().values().stream()
                    .filter(set -> within(path, set.path()))
                    .noneMatch(set -> after.uses().containsKey(set.group()));
        }
        if (within(path, "shares")) {
            return after.shares().values().stream().noneMatch(share -> within(path, share.path()));
        }
        return List.of("uses", "collects", "keeps.beyond").stream().noneMatch(chapter -> within(path, chapter));
    }

    private static boolean servesUse(Share share, Use use) {
        return share.uses().contains(use.id())
                || (share.uses().isEmpty() && share.data().stream().anyMatch(use.data()::contains));
    }

    private static boolean within(String path, String rule) {
        return path.equals(rule) || path.startsWith(rule + ".");
    }

    private static List<String> suspended(Notice before, Notice after, List<Change> changes) {
        Set<Reason> reasons = Set.of(
                Reason.NEW_DATA,
                Reason.NEW_USE,
                Reason.NEW_RECIPIENT,
                Reason.NEW_COOKIE,
                Reason.LONGER_PERIOD,
                Reason.NEW_CONTROLLER);
        List<String> suspended = new ArrayList<>();
        for (Use use : after.uses().values()) {
            Use then = before.uses().get(use.id());
            boolean consent = use.basis() == LegalBasis.CONSENT && then != null && then.basis() == LegalBasis.CONSENT;
            if (consent
                    && changes.stream()
                            .filter(change -> reasons.contains(change.reason()))
                            .anyMatch(change ->
                                    change.reason() == Reason.NEW_CONTROLLER || touches(change, use, after))) {
                suspended.add(use.id());
            }
        }
        return suspended;
    }
}
