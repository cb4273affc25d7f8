package dev.kept.core.notice.prose;

import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Promise;
import dev.kept.core.notice.Promises;
import dev.kept.core.notice.Use;
import dev.kept.core.source.Place;
import dev.kept.core.source.Places;
import dev.kept.core.source.Problem;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import dev.kept.core.wording.Wordings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the prose, in all its languages together, says what the rules say. */
public final class ProseCheck {

    /** The rank of a chapter's heading; the title has the first. */
    private static final int CHAPTER = 2;

    private final Notice notice;
    private final Places rules;
    private final List<Prose> prose;
    /** The sentences of each text by the paths they state. */
    private final IdentityHashMap<Prose, Map<String, List<Sentence>>> stated = new IdentityHashMap<>();

    private final List<Problem> problems = new ArrayList<>();

    private ProseCheck(Notice notice, Places rules, List<Prose> prose) {
        this.notice = notice;
        this.rules = rules;
        this.prose = prose;
        for (Prose text : prose) {
            Map<String, List<Sentence>> byPath = new HashMap<>();
            for (Sentence sentence : text.sentences().toList()) {
                for (String path : sentence.states()) {
                    byPath.computeIfAbsent(path, p -> new ArrayList<>()).add(sentence);
                }
            }
            stated.put(text, byPath);
        }
    }

    /** Reads every file of prose among {@code files} and checks them together. */
    public static Reading<List<Prose>> read(List<SourceText> files, Notice notice, Places rules) {
        return read(files, notice, rules, Wordings.NONE_OF_ITS_OWN);
    }

    /** @param wordings what need not stand in the front matter */
    public static Reading<List<Prose>> read(List<SourceText> files, Notice notice, Places rules, Wordings wordings) {
        List<Prose> prose = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Set<String> unread = new HashSet<>();
        for (SourceText file : files) {
            Optional<String> language = ProseReader.languageOf(file.name());
            if (language.isPresent()) {
                Reading<Prose> reading = ProseReader.read(file, language.get(), notice, wordings);
                problems.addAll(reading.problems());
                reading.value().ifPresentOrElse(prose::add, () -> unread.add(language.get()));
            }
        }
        check(notice, rules, prose).stream()
                .filter(problem -> !(problem.code().equals("prose-missing") && unread.contains(problem.path())))
                .forEach(problems::add);
        return new Reading<>(Optional.of(List.copyOf(prose)), problems, rules);
    }

    /**
     * Every rule that a language leaves out, every language that is missing, and, as advice, parts of a rule that its sentence
     * leaves out and values written by hand.
     *
     * @param rules where the rules stand
     */
    public static List<Problem> check(Notice notice, Places rules, List<Prose> prose) {
        ProseCheck check = new ProseCheck(notice, rules, List.copyOf(prose));
        check.languages();
        if (!prose.isEmpty()) {
            Promises.of(notice).forEach(check::promise);
            notice.uses().values().forEach(check::parts);
            prose.forEach(check::byHand);
            prose.forEach(check::inShort);
            prose.forEach(check::events);
        }
        return check.problems.stream().sorted().toList();
    }

    private void languages() {
        Set<String> written = new LinkedHashSet<>();
        prose.forEach(text -> written.add(text.language()));
        for (String language : notice.languages()) {
            if (!written.contains(language)) {
                problems.add(Problem.error(
                        "prose-missing",
                        rules.at("languages"),
                        language,
                        "the notice is to be in `" + language + "`, but there is no `" + ProseReader.fileOf(language)
                                + "`",
                        "write it, or take the language off `languages`"));
            }
        }
        for (Prose text : prose) {
            if (!notice.languages().isEmpty() && !notice.languages().contains(text.language())) {
                problems.add(Problem.advice(
                        "prose-unasked",
                        Place.of(text.file()),
                        text.language(),
                        "`languages` does not name `" + text.language() + "`",
                        "add it to `languages`, or remove the file"));
            }
        }
    }

    private void promise(Promise promise) {
        List<Prose> silent =
                prose.stream().filter(text -> !states(text, promise)).toList();
        if (silent.size() == prose.size()) {
            problems.add(Problem.error(
                    "rule-unstated",
                    rules.at(promise.path().split("\\.")),
                    promise.path(),
                    "no sentence states the rule `" + promise.path() + "`",
                    "end the sentence that does with `{#" + promise.path() + "}`"));
            return;
        }
        for (Prose text : silent) {
            String elsewhere = prose.stream()
                    .filter(other -> !silent.contains(other))
                    .map(Prose::file)
                    .findFirst()
                    .orElse("");
            problems.add(Problem.error(
                    "rule-untranslated",
                    Place.of(text.file()),
                    promise.path(),
                    "`" + elsewhere + "` states the rule `" + promise.path() + "`, but this file does not",
                    "translate the sentence and end it with `{#" + promise.path() + "}`"));
        }
    }

    private Map<String, List<Sentence>> stating(Prose text) {
        return stated.getOrDefault(text, Map.of());
    }

    private boolean states(Prose text, Promise promise) {
        Set<String> paths = stating(text).keySet();
        return paths.contains(promise.path())
                || switch (promise.kind()) {
                    case THEN -> paths.contains("keeps.then.rows");
                    case COOKIE -> paths.contains(groupOf(promise));
                    default -> false;
                };
    }

    /** Cookies can be stated by their group. */
    private String groupOf(Promise cookie) {
        return notice.cookies().values().stream()
                .filter(one -> one.path().equals(cookie.path()))
                .map(one -> "cookies." + one.group())
                .findFirst()
                .orElse("");
    }

    private void parts(Use use) {
        for (Prose text : prose) {
            List<Sentence> sentences = stating(text).getOrDefault(use.path(), List.of());
            if (sentences.isEmpty()) {
                continue;
            }
            List<String> left = Promises.partsOf(use).stream()
                    .map(Promise::path)
                    .filter(path -> !stating(text).containsKey(path))
                    .map(path -> "`{{" + path + "}}`")
                    .toList();
            if (!left.isEmpty()) {
                problems.add(Problem.advice(
                        "rule-part-unstated",
                        sentences.getFirst().place(),
                        use.path(),
                        "the sentence on `" + use.path() + "` does not say all the rule does",
                        "add " + String.join(", ", left)));
            }
        }
    }

    /** Where some chapters are said in short, those that are not look forgotten. */
    private void inShort(Prose text) {
        List<Block> blocks = text.blocks();
        List<Block.Heading> without = new ArrayList<>();
        int chapters = 0;
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i) instanceof Block.Heading heading && heading.level() == CHAPTER) {
                chapters++;
                if (i + 1 == blocks.size() || !(blocks.get(i + 1) instanceof Block.InShort)) {
                    without.add(heading);
                }
            }
        }
        if (without.size() == chapters) {
            return;
        }
        for (Block.Heading heading : without) {
            problems.add(Problem.advice(
                    "in-short-missing",
                    heading.sentence().place(),
                    "",
                    "other chapters are said in short, but not \""
                            + heading.sentence().plain() + "\"",
                    "add a quotation right after the heading: `> …`"));
        }
    }

    /** A page says of each use when it ends, also where no sentence does. */
    private void events(Prose text) {
        for (Use use : notice.uses().values()) {
            List<String> unsaid = use.clauses().stream()
                    .map(clause -> clause.events().getFirst())
                    .filter(event -> text.glossary().word(event).isEmpty())
                    .map(event -> "`" + event + "`")
                    .distinct()
                    .toList();
            List<Sentence> sentences = stating(text).getOrDefault(use.path(), List.of());
            if (!unsaid.isEmpty() && !sentences.isEmpty()) {
                problems.add(Problem.advice(
                        "event-unsaid",
                        sentences.getFirst().place(),
                        use.path(),
                        "the page says beside this when `" + use.path() + "` ends, and there are no words for "
                                + String.join(", ", unsaid),
                        "add them under `words:` at the top of the file, as they complete \"30 days after …\""));
            }
        }
    }

    private void byHand(Prose text) {
        ByHand byHand = new ByHand(notice, text.glossary());
        text.sentences()
                .forEach(sentence -> byHand.in(sentence)
                        .ifPresent(found -> problems.add(Problem.advice(
                                "value-by-hand",
                                sentence.place(),
                                sentence.anchors().getFirst().path(),
                                "`" + found.written() + "` is written by hand, but the rules have it",
                                "take it from there: "
                                        + found.instead().stream()
                                                .map(path -> "`{{" + path + "}}`")
                                                .collect(Collectors.joining(" or "))))));
    }
}
