package dev.kept.core.notice.prose;

import dev.kept.core.notice.LegalBasis;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Use;
import dev.kept.core.wording.Area;
import dev.kept.core.wording.Wordings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The keys under which a glossary can have words. */
final class WordKeys {

    /** Before a country's code, ISO 3166-1 alpha-2. */
    static final String COUNTRIES = "countries.";

    private static final Map<String, List<String>> ARGUMENTS = Map.of(
            "patterns.after", List.of("period", "event"),
            "patterns.at-once", List.of("event"),
            "patterns.end-of-year", List.of("end"),
            "patterns.earliest", List.of("ends"),
            "patterns.latest", List.of("ends"),
            "patterns.either", List.of("first", "second"),
            "page.article", List.of("letter"),
            "page.version", List.of("version", "date"),
            "page.hash", List.of("hash"));

    static final Set<String> PATTERNS = ARGUMENTS.keySet().stream()
            .filter(key -> key.startsWith(Glossary.PATTERNS))
            .collect(Collectors.toUnmodifiableSet());

    /** What a page says of itself. */
    static final Set<String> PAGE = Wordings.keys(Area.NOTICE).stream()
            .filter(key -> key.startsWith(Glossary.PAGE))
            .collect(Collectors.toCollection(TreeSet::new));

    private WordKeys() {}

    /** Whether the words are a pattern of ICU's MessageFormat. */
    static boolean isPattern(String key) {
        return ARGUMENTS.containsKey(key) || key.endsWith(".at-least");
    }

    static List<String> argumentsOf(String key) {
        return ARGUMENTS.getOrDefault(key, List.of());
    }

    static Set<String> of(Notice notice) {
        Set<String> keys = new LinkedHashSet<>(List.of("controller.name", "controller.post", "contact.post"));
        keys.addAll(PAGE);
        notice.covers().services().forEach(id -> keys.add("covers.services." + id));
        notice.covers().also().forEach(id -> keys.add("covers.also." + id));
        notice.collects().values().forEach(category -> both(keys, category.path(), "without-it"));
        notice.uses().values().forEach(use -> use(keys, use));
        notice.shares().values().forEach(share -> {
            both(keys, share.path(), "safeguard");
            share.contract().flatMap(contract -> contract.keepsAfter()).ifPresent(keys::add);
        });
        notice.never().forEach(id -> keys.add("shares." + id));
        notice.cookies().values().forEach(cookie -> keys.add(cookie.path()));
        answers(keys, "keeps.then.rows", "delete", "anonymise");
        answers(keys, "keeps.then.backups", notice.keeps().backups());
        answers(keys, "signals", "honoured", "not-answered");
        notice.signals().keySet().forEach(id -> answers(keys, "signals." + id, "honoured", "not-answered"));
        notice.rights().granted().forEach(id -> keys.add("rights." + id));
        for (LegalBasis basis : LegalBasis.values()) {
            keys.add(Glossary.BASES + basis.word());
        }
        return keys;
    }

    private static void use(Set<String> keys, Use use) {
        both(keys, use.path(), "interest");
        use.law().ifPresent(law -> keys.add(use.path() + ".law"));
        use.anonymisedAtLeast().ifPresent(least -> keys.add(use.path() + ".at-least"));
        use.begins().ifPresent(keys::add);
        use.clauses().forEach(clause -> keys.addAll(clause.events()));
        for (String fact : List.of("given", "withdrawn", "objected")) {
            keys.add(use.id() + "." + fact);
        }
    }

    private static void both(Set<String> keys, String path, String part) {
        keys.add(path);
        keys.add(path + "." + part);
    }

    private static void answers(Set<String> keys, String path, String... answers) {
        for (String answer : answers) {
            keys.add(path + "." + answer);
        }
    }
}
