package dev.kept.core.notice.version;

import dev.kept.core.notice.prose.Inline;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.notice.prose.Sentence;
import dev.kept.core.notice.prose.Sentence.Kind;
import dev.kept.core.notice.version.Change.Reason;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What each language says: that a language says less than it did is material; other words are not. */
final class ProseChanges {

    private ProseChanges() {}

    /** @param rules the paths that can still be stated: a language need not go on saying what is no rule any more */
    static List<Change> of(List<Prose> before, List<Prose> after, Set<String> rules) {
        List<Change> changes = new ArrayList<>();
        for (Prose then : before) {
            Optional<Prose> now = after.stream()
                    .filter(prose -> prose.language().equals(then.language()))
                    .findFirst();
            if (now.isEmpty()) {
                changes.add(Change.in(
                        then.language(),
                        "languages",
                        Reason.LANGUAGE_SAYS_LESS,
                        "the notice is not told in it any more"));
            } else {
                changes.addAll(of(then, now.get(), rules));
            }
        }
        after.stream()
                .filter(now -> before.stream().noneMatch(then -> then.language().equals(now.language())))
                .forEach(now -> changes.add(
                        Change.in(now.language(), "languages", Reason.NARROWER, "the notice is told in it, too")));
        return changes;
    }

    private static List<Change> of(Prose then, Prose now, Set<String> rules) {
        List<Change> changes = new ArrayList<>();
        String language = now.language();
        Set<String> saidNow = said(now);
        for (String path : said(then)) {
            if (!saidNow.contains(path) && stands(path, rules)) {
                changes.add(Change.in(language, path, Reason.LANGUAGE_SAYS_LESS, "is not said any more"));
            }
        }
        Set<String> promised = stated(now, Kind.PROMISE);
        Set<String> allowed = stated(now, Kind.PERMISSION);
        for (String path : named(then, Kind.PROMISE)) {
            if (!promised.contains(path) && saidNow.contains(path) && stands(path, rules)) {
                changes.add(Change.in(
                        language,
                        path,
                        Reason.LANGUAGE_SAYS_LESS,
                        allowed.contains(path)
                                ? "was promised, and is only allowed (\"we may\") now"
                                : "was promised, and is only told now"));
            }
        }
        Set<String> duties = named(then, Kind.DUTY);
        named(now, Kind.DUTY).stream()
                .filter(path -> !duties.contains(path))
                .forEach(path -> changes.add(Change.in(language, path, Reason.WEAKER_RIGHT, "is asked of people now")));
        if (changes.isEmpty() && !then.plain().equals(now.plain())) {
            changes.add(Change.in(language, "prose", Reason.WORDS, differences(then, now)));
        }
        return changes;
    }

    /** Whether the rule that the path names, or a part of which it names, is still there. */
    private static boolean stands(String path, Set<String> rules) {
        String rule = path;
        while (!rules.contains(rule)) {
            int dot = rule.lastIndexOf('.');
            if (dot < 0) {
                return false;
            }
            rule = rule.substring(0, dot);
        }
        return rule.indexOf('.') > 0 || path.indexOf('.') < 0;
    }

    /** The rules stated, and those whose values are told. */
    private static Set<String> said(Prose prose) {
        Set<String> said = new LinkedHashSet<>();
        prose.sentences().forEach(sentence -> {
            said.addAll(sentence.states());
            if (sentence.kind() != Kind.DUTY) {
                sentence.values().forEach(value -> {
                    said.add(asked(value));
                    said.addAll(value.states());
                });
            }
        });
        return said;
    }

    /** The rule whose value it is: what stands before a condition or a form. */
    private static String asked(Inline.Value value) {
        String expression = value.expression().strip();
        int end = 0;
        while (end < expression.length() && " |".indexOf(expression.charAt(end)) < 0) {
            end++;
        }
        return expression.substring(0, end);
    }

    private static Set<String> stated(Prose prose, Kind kind) {
        return prose.sentences()
                .filter(sentence -> sentence.kind() == kind)
                .flatMap(sentence -> sentence.states().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> named(Prose prose, Kind kind) {
        return prose.sentences()
                .filter(sentence -> sentence.kind() == kind)
                .flatMap(sentence -> sentence.anchors().stream())
                .map(Sentence.Anchor::path)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String differences(Prose then, Prose now) {
        Set<String> before = then.sentences().map(Sentence::plain).collect(Collectors.toSet());
        Set<String> after = now.sentences().map(Sentence::plain).collect(Collectors.toSet());
        long gone =
                before.stream().filter(sentence -> !after.contains(sentence)).count();
        long come =
                after.stream().filter(sentence -> !before.contains(sentence)).count();
        return gone + " of its sentences gone, " + come + " come, and the same rules are stated";
    }
}
