package dev.kept.core.proof;

import dev.kept.core.notice.Cookie;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Promise;
import dev.kept.core.notice.Promises;
import dev.kept.core.notice.Use;
import dev.kept.core.notice.prose.Sentence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The verdict on every rule of a notice and beside every sentence of its prose, from what checks found ({@code docs/prove.md}).
 *
 * <p>A use is as its ends are; {@code keeps.then} and {@code contact} as their parts; a chapter as all that is promised in it, and what was found of the chapter as a
 * whole. What a use rests on and reads (basis, interest, law, data) is said beside it and is no part of its verdict.
 */
public final class Verdicts {

    private static final Set<String> CHAPTERS =
            Set.of("collects", "uses", "shares", "cookies", "keeps", "signals", "contact", "rights");

    /** Parts of rules that say what something rests on. */
    private static final Set<String> SAID =
            Set.of("data", "basis", "interest", "law", "at-least", "on-request", "without-it");

    private final Notice notice;
    private final List<Promise> promises;
    private final Map<String, List<Verdict>> found = new HashMap<>();
    private final Map<String, Verdict> known = new HashMap<>();

    /**
     * Verdicts from checks; of what none speaks, it is said why.
     *
     * @throws IllegalArgumentException where a check speaks of a rule that the notice does not have
     */
    public Verdicts(Notice notice, List<Check> checks) {
        this.notice = notice;
        this.promises = Promises.of(notice);
        Set<String> rules = Promises.anchors(notice);
        for (Check check : checks) {
            if (!rules.contains(check.path())) {
                throw new IllegalArgumentException("the notice has no rule `" + check.path() + "`");
            }
            found.computeIfAbsent(check.path(), path -> new ArrayList<>()).add(check.verdict());
        }
    }

    /** The verdict on a rule, a part of one, or a chapter. */
    public Verdict of(String path) {
        Verdict verdict = known.get(path);
        if (verdict == null) {
            List<Verdict> all = new ArrayList<>(found.getOrDefault(path, List.of()));
            below(path).map(this::of).forEach(all::add);
            verdict = Verdict.of(all, Unlooked.at(notice, path));
            known.put(path, verdict);
        }
        return verdict;
    }

    /** What a rule's verdict is made of besides what was found of the rule itself. */
    private Stream<String> below(String path) {
        Optional<Use> use = notice.uses().values().stream()
                .filter(each -> each.path().equals(path))
                .findFirst();
        if (use.isPresent()) {
            return use.get().ends().isEmpty() ? Stream.empty() : Stream.of(path + ".ends");
        }
        if (path.equals("keeps.then")) {
            return Stream.of("keeps.then.rows", "keeps.then.backups");
        }
        if (path.equals("contact")) {
            return Promises.partsOf(notice.contact()).stream().map(Promise::path);
        }
        if (CHAPTERS.contains(path) || path.equals("keeps.beyond")) {
            return promises.stream().map(Promise::path).filter(promise -> promise.startsWith(path + "."));
        }
        return path.startsWith("cookies.") && !notice.cookies().containsKey(path.substring("cookies.".length()))
                ? notice.cookies().values().stream()
                        .filter(cookie -> path.equals("cookies." + cookie.group()))
                        .map(Cookie::path)
                : Stream.empty();
    }

    /** The verdict beside a sentence; none beside a duty or a plain statement. */
    public Optional<Verdict> of(Sentence sentence) {
        List<String> paths = counted(sentence);
        if (paths.isEmpty()) {
            return Optional.empty();
        }
        Verdict all = Verdict.of(paths.stream().map(this::of).toList(), Unlooked.at(notice, paths.getFirst()));
        return Optional.of(sentence.kind() == Sentence.Kind.PERMISSION ? all.ofPermission() : all);
    }

    /**
     * The rules that a sentence's verdict is about. A chapter counts only where the sentence spells out none of its rules, and what a rule rests
     * on only where it spells out nothing else.
     */
    public static List<String> counted(Sentence sentence) {
        Set<String> states = sentence.states();
        List<String> rules = states.stream()
                .filter(path -> !CHAPTERS.contains(path)
                        || states.stream().noneMatch(other -> other.startsWith(path + ".") && !said(other)))
                .toList();
        List<String> telling = rules.stream()
                .filter(path -> !said(path) && !partOf(path, states))
                .toList();
        return telling.isEmpty() ? rules : telling;
    }

    /** A use is as its ends are, and so is what becomes of data then: the part need not be named besides. */
    private static boolean partOf(String path, Set<String> states) {
        return (path.endsWith(".ends") || path.startsWith("keeps.then."))
                && states.contains(path.substring(0, path.lastIndexOf('.')));
    }

    private static boolean said(String path) {
        return SAID.contains(path.substring(path.lastIndexOf('.') + 1));
    }

    /** Every promise of the notice, and of each use what it says of its ends and grounds, with its verdict, in the order of the chapters. */
    public Map<String, Verdict> all() {
        Set<String> paths = new LinkedHashSet<>();
        for (Promise promise : promises) {
            paths.add(promise.path());
            notice.uses().values().stream()
                    .filter(use -> use.path().equals(promise.path()))
                    .flatMap(use -> Promises.partsOf(use).stream())
                    .forEach(part -> paths.add(part.path()));
            if (promise.kind() == Promise.Kind.CONTACT) {
                Promises.partsOf(notice.contact()).forEach(part -> paths.add(part.path()));
            }
            if (promise.kind() == Promise.Kind.THEN) {
                paths.add("keeps.then.rows");
                paths.add("keeps.then.backups");
            }
        }
        paths.add("collects");
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        paths.forEach(path -> verdicts.put(path, of(path)));
        return Collections.unmodifiableMap(verdicts);
    }

    public Notice notice() {
        return notice;
    }
}
