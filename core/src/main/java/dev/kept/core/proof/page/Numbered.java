package dev.kept.core.proof.page;

import dev.kept.core.notice.prose.Block;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.notice.prose.Sentence;
import dev.kept.core.proof.Finding;
import dev.kept.core.proof.Report;
import dev.kept.core.proof.Seen;
import dev.kept.core.proof.Unclear;
import dev.kept.core.proof.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A text's sentences with verdicts, numbered in the order of the page, and what was found, each with the sentences it concerns. */
final class Numbered {

    private final IdentityHashMap<Sentence, Integer> numbers = new IdentityHashMap<>();
    private final IdentityHashMap<Sentence, Verdict> verdicts = new IdentityHashMap<>();
    private final Set<Sentence> headings = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Finding, List<Integer>> findings = new LinkedHashMap<>();
    private final Map<Unclear, List<Integer>> unclear = new LinkedHashMap<>();
    private final Map<Seen, List<Integer>> seen = new LinkedHashMap<>();

    /** The page's title stands in its head, with nothing beside it. */
    Numbered(Report report, Prose prose) {
        prose.blocks().stream()
                .filter(Block.Heading.class::isInstance)
                .flatMap(Block::sentencesWithin)
                .forEach(headings::add);
        prose.blocks().stream()
                .filter(block -> !(block instanceof Block.Heading heading && heading.level() == 1))
                .flatMap(Block::sentencesWithin)
                .forEach(sentence -> report.verdicts().of(sentence).ifPresent(verdict -> add(sentence, verdict)));
    }

    private void add(Sentence sentence, Verdict verdict) {
        int number = numbers.size() + 1;
        numbers.put(sentence, number);
        verdicts.put(sentence, verdict);
        switch (verdict) {
            case Verdict.Kept kept -> kept.seen().forEach(each -> note(seen, each, number));
            case Verdict.NotExceeded within -> within.seen().forEach(each -> note(seen, each, number));
            case Verdict.Broken broken -> {
                broken.findings().forEach(each -> note(findings, each, number));
                broken.besides().forEach(each -> note(unclear, each, number));
            }
            case Verdict.NotShown open -> open.why().forEach(each -> note(unclear, each, number));
        }
    }

    private static <T> void note(Map<T, List<Integer>> notes, T what, int number) {
        notes.computeIfAbsent(what, key -> new ArrayList<>()).add(number);
    }

    /** Empty where the sentence has no verdict. */
    Optional<Integer> number(Sentence sentence) {
        return Optional.ofNullable(numbers.get(sentence));
    }

    Optional<Verdict> verdict(Sentence sentence) {
        return Optional.ofNullable(verdicts.get(sentence));
    }

    /** Whether it is a heading's, which sums up what stands below it. */
    boolean heading(Sentence sentence) {
        return headings.contains(sentence);
    }

    int size() {
        return numbers.size();
    }

    long count(Verdict.Kind kind) {
        return verdicts.values().stream()
                .filter(verdict -> verdict.kind() == kind)
                .count();
    }

    Map<Finding, List<Integer>> findings() {
        return findings;
    }

    Map<Unclear, List<Integer>> unclear() {
        return unclear;
    }

    Map<Seen, List<Integer>> seen() {
        return seen;
    }

    /** The name of the place at the page's end where a finding, a reason, or what was seen is told. */
    String place(Object told) {
        List<Object> all = new ArrayList<>();
        all.addAll(findings.keySet());
        all.addAll(unclear.keySet());
        all.addAll(seen.keySet());
        return "evidence-" + (all.indexOf(told) + 1);
    }
}
