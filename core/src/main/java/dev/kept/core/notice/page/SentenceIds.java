package dev.kept.core.notice.page;

import dev.kept.core.notice.prose.Block;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.notice.prose.Sentence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names of sentences on a page. A sentence that names rules has the path of the first of them that it states better than any other
 * sentence; where others state each of them better, the first path and a number: {@code collects-2}. Every further path that is
 * stated anywhere is a name, too, of the sentence that states it best: a link to any rule arrives.
 */
public final class SentenceIds {

    private final IdentityHashMap<Sentence, String> ids = new IdentityHashMap<>();
    private final IdentityHashMap<Sentence, List<String>> further = new IdentityHashMap<>();

    private SentenceIds() {}

    public static SentenceIds of(Prose prose) {
        SentenceIds names = new SentenceIds();
        Map<String, Sentence> best = best(prose);
        Set<String> taken = new HashSet<>(best.keySet());
        Map<String, Integer> numbers = new HashMap<>();
        best.forEach((path, sentence) ->
                names.further.computeIfAbsent(sentence, s -> new ArrayList<>()).add(path));
        prose.sentences().filter(sentence -> !sentence.anchors().isEmpty()).forEach(sentence -> {
            List<String> paths = names.further.getOrDefault(sentence, List.of());
            String first = sentence.anchors().getFirst().path();
            String id = sentence.anchors().stream()
                    .map(Sentence.Anchor::path)
                    .filter(paths::contains)
                    .findFirst()
                    .orElseGet(() -> numbered(first, numbers, taken));
            names.ids.put(sentence, id);
        });
        return names;
    }

    private static String numbered(String path, Map<String, Integer> numbers, Set<String> taken) {
        int number = numbers.getOrDefault(path, 1);
        String id;
        do {
            number++;
            id = path + "-" + number;
        } while (!taken.add(id));
        numbers.put(path, number);
        return id;
    }

    /** For each path the sentence that states it best; of several equally good, the first. */
    private static Map<String, Sentence> best(Prose prose) {
        Set<Sentence> headings = Collections.newSetFromMap(new IdentityHashMap<>());
        prose.blocks().stream()
                .filter(Block.Heading.class::isInstance)
                .map(block -> ((Block.Heading) block).sentence())
                .forEach(headings::add);
        Map<String, Sentence> best = new LinkedHashMap<>();
        Map<String, Integer> scores = new HashMap<>();
        prose.sentences().forEach(sentence -> {
            Set<String> paths = new LinkedHashSet<>();
            sentence.anchors().forEach(anchor -> paths.add(anchor.path()));
            paths.addAll(sentence.states());
            for (String path : paths) {
                int score = score(sentence, path, headings.contains(sentence));
                if (score > scores.getOrDefault(path, Integer.MIN_VALUE)) {
                    scores.put(path, score);
                    best.put(path, sentence);
                }
            }
        });
        return best;
    }

    /** A heading is what a link to a chapter means; else the sentence that spells the rule out, and names it alone. */
    private static int score(Sentence sentence, String path, boolean heading) {
        boolean named =
                sentence.anchors().stream().anyMatch(anchor -> anchor.path().equals(path));
        int score = named ? 4 : 0;
        if (heading && named) {
            score += 8;
        }
        if (named && sentence.anchors().size() == 1) {
            score += 1;
        }
        if (sentence.states().stream().anyMatch(stated -> stated.startsWith(path + "."))) {
            score += 2;
        }
        return sentence.kind() == Sentence.Kind.DUTY ? score - 16 : score;
    }

    /** The name of a sentence of this prose; empty where it names no rule. */
    public String of(Sentence sentence) {
        return ids.getOrDefault(sentence, "");
    }

    /** The paths by which links arrive at the sentence as well. */
    List<String> further(Sentence sentence) {
        return further.getOrDefault(sentence, List.of()).stream()
                .filter(path -> !path.equals(of(sentence)))
                .toList();
    }

    /** Whether the sentence is the one that states this rule best. */
    boolean isBest(Sentence sentence, String path) {
        return further.getOrDefault(sentence, List.of()).contains(path);
    }
}
