package dev.kept.core.proof;

import dev.kept.core.notice.prose.Prose;
import dev.kept.core.notice.prose.Sentence;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The verdicts on a notice as of one moment, beside every rule and every sentence.
 *
 * @param id under which the ledger has it
 * @param notice its name
 * @param noticeHash SHA-256 of its rules, in hexadecimal
 * @param asOf the moment that ends are counted to
 * @param prose its texts, the original first
 */
public record Report(
        UUID id,
        String notice,
        String noticeHash,
        Instant asOf,
        List<StoreLook> stores,
        Verdicts verdicts,
        List<Prose> prose) {

    public Report {
        stores = List.copyOf(stores);
        prose = List.copyOf(prose);
    }

    /** A sentence with its verdict; duties and plain statements have none. */
    public record Line(int number, Sentence sentence, List<String> rules, Optional<Verdict> verdict) {
        public Line {
            rules = List.copyOf(rules);
        }
    }

    /** Every sentence of a text, numbered from 1 in the order of the page. */
    public List<Line> lines(Prose text) {
        List<Sentence> sentences = text.sentences().toList();
        return IntStream.range(0, sentences.size())
                .mapToObj(i -> new Line(
                        i + 1, sentences.get(i), Verdicts.counted(sentences.get(i)), verdicts.of(sentences.get(i))))
                .toList();
    }

    /** How many sentences of the original have which verdict; where there is no text, how many rules. */
    public Map<Verdict.Kind, Long> counts() {
        Stream<Verdict> counted = prose.isEmpty()
                ? verdicts.all().values().stream()
                : lines(prose.getFirst()).stream().flatMap(line -> line.verdict().stream());
        Map<Verdict.Kind, Long> counts = new EnumMap<>(Verdict.Kind.class);
        for (Verdict.Kind kind : Verdict.Kind.values()) {
            counts.put(kind, 0L);
        }
        counted.forEach(verdict -> counts.merge(verdict.kind(), 1L, Long::sum));
        return counts;
    }

    /** Whether a promise is broken. */
    public boolean broken() {
        return verdicts.all().values().stream().anyMatch(verdict -> verdict.kind() == Verdict.Kind.BROKEN);
    }

    /** Whether a look that was to be made could not be made: a store that did not answer, refused, or took too long. */
    public boolean failed() {
        return verdicts.all().values().stream()
                .flatMap(verdict -> unclear(verdict).stream())
                .anyMatch(unclear -> unclear.reason().failure());
    }

    /** What a verdict leaves open. */
    public static List<Unclear> unclear(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Kept kept -> List.of();
            case Verdict.NotExceeded within -> List.of();
            case Verdict.Broken broken -> broken.besides();
            case Verdict.NotShown open -> open.why();
        };
    }
}
