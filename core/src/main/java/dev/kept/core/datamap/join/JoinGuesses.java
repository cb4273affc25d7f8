package dev.kept.core.datamap.join;

import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.LinkIndex;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.join.JoinCandidate.Family;
import dev.kept.core.datamap.join.JoinCandidate.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides which candidates are believed. Small numbers are found in every table, so that numbers need a name that speaks for the join; texts and
 * UUIDs may speak by their values alone, if there are enough of them.
 */
public final class JoinGuesses {

    /** How many of the sampled values have to be found where the name says so, and where it says so less clearly: rows may have outlived what they refer to. */
    private static final int NAMED_PERCENT = 60;

    private static final int HALF_NAMED_PERCENT = 80;
    private static final int ROLE_PERCENT = 90;

    /** Where the name says nothing. */
    private static final int UNNAMED_PERCENT = 95;

    private static final int FEWEST_TEXTS = 20;
    private static final int FEWEST_UUIDS = 5;

    /** Fewer different numbers are found anywhere. */
    private static final int FEWEST_NUMBERS = 3;

    /** In place of a percentage where there was nothing to look at. */
    private static final int UNSEEN_SCORE = 50;

    /** A target that seems to refer elsewhere itself is not where a row of its kind begins. */
    private static final int REFERRING_ITSELF = 10;

    private record Believed(JoinCandidate candidate, JoinSample sample, int score) {}

    private JoinGuesses() {}

    /** The believed joins, one for each column at most, in the order of the candidates. */
    public static List<JoinGuess> of(List<JoinCandidate> candidates, Map<Pair, JoinSample> samples) {
        Map<List<Object>, List<Believed>> byColumn = new LinkedHashMap<>();
        for (JoinCandidate candidate : candidates) {
            JoinSample sample = samples.get(candidate.pair());
            if (sample != null && believed(candidate, sample)) {
                byColumn.computeIfAbsent(List.of(candidate.from().name(), candidate.column()), any -> new ArrayList<>())
                        .add(new Believed(candidate, sample, score(candidate, sample)));
            }
        }
        Set<List<Object>> referring = byColumn.keySet();
        return byColumn.values().stream()
                .map(fits -> fits.stream()
                        .sorted(Comparator.comparingInt((Believed fit) -> fit.score()
                                        - (referring.contains(List.<Object>of(
                                                        fit.candidate().to().name(),
                                                        fit.candidate().target()))
                                                ? REFERRING_ITSELF
                                                : 0))
                                .reversed())
                        .toList())
                .map(JoinGuesses::guess)
                .toList();
    }

    private static boolean believed(JoinCandidate candidate, JoinSample sample) {
        boolean key = candidate.to().primaryKey().equals(List.of(candidate.target()));
        return switch (sample) {
            case JoinSample.Unseen unseen -> named(candidate.name(), key);
            case JoinSample.Counted counted when counted.values() == 0 -> named(candidate.name(), key);
            case JoinSample.Counted counted -> enough(candidate, counted);
        };
    }

    /** Whether the name alone is enough, where there is no value to look at. */
    private static boolean named(NameFit name, boolean key) {
        return switch (name) {
            case TABLE, SAME, LAST_WORD, QUALIFIED -> key;
            case PARENT, ROLE, NONE -> false;
        };
    }

    private static boolean enough(JoinCandidate candidate, JoinSample.Counted counted) {
        int percent = percent(counted);
        return switch (candidate.name()) {
            case TABLE, SAME -> percent >= NAMED_PERCENT;
            case LAST_WORD, QUALIFIED -> percent >= HALF_NAMED_PERCENT;
            case PARENT -> percent >= ROLE_PERCENT && (!candidate.self() || counted.roots() > 0);
            case ROLE ->
                percent >= ROLE_PERCENT && (candidate.family() != Family.INTEGER || counted.values() >= FEWEST_NUMBERS);
            case NONE ->
                percent >= UNNAMED_PERCENT
                        && switch (candidate.family()) {
                            case INTEGER -> false;
                            case UUID -> counted.values() >= FEWEST_UUIDS;
                            case TEXT -> counted.values() >= FEWEST_TEXTS;
                        };
        };
    }

    private static int percent(JoinSample.Counted counted) {
        return counted.values() == 0 ? 0 : (int) (100 * Math.max(counted.found(), counted.folded()) / counted.values());
    }

    private static int score(JoinCandidate candidate, JoinSample sample) {
        int name = switch (candidate.name()) {
            case TABLE -> 40;
            case SAME -> 35;
            case LAST_WORD -> 30;
            case QUALIFIED -> 25;
            case PARENT -> candidate.self() ? 18 : 15;
            case ROLE -> 15;
            case NONE -> 0;
        };
        int seen = switch (sample) {
            case JoinSample.Unseen unseen -> UNSEEN_SCORE;
            case JoinSample.Counted counted -> counted.values() == 0 ? UNSEEN_SCORE : percent(counted);
        };
        boolean near =
                candidate.from().name().schema().equals(candidate.to().name().schema());
        return name + seen + (near ? 5 : 0) + (candidate.unique() ? 2 : 0);
    }

    private static JoinGuess guess(List<Believed> fits) {
        JoinCandidate best = fits.getFirst().candidate();
        Match match = best.family() == Family.TEXT
                        && (best.finder() || folds(fits.getFirst().sample()))
                ? Match.CASEFOLD_TRIM
                : Match.EXACT;
        Link link = new Link(
                best.from().name(),
                List.of(best.column()),
                best.to().name(),
                List.of(best.target()),
                match,
                false,
                List.of(),
                best.unique() && match == Match.EXACT);
        return new JoinGuess(
                best.from().name(),
                best.column(),
                best.to().name(),
                best.target(),
                match,
                why(best, fits.getFirst().sample()),
                fits.stream().skip(1).map(JoinGuesses::other).toList(),
                LinkIndex.supports(best.from(), link)
                        ? Optional.empty()
                        : Optional.of(LinkIndex.create(best.from(), link)));
    }

    private static boolean folds(JoinSample sample) {
        return switch (sample) {
            case JoinSample.Unseen unseen -> false;
            case JoinSample.Counted counted -> counted.folded() > counted.found();
        };
    }

    private static String other(Believed fit) {
        return "`" + fit.candidate().to().name() + "." + fit.candidate().target() + "` (" + seen(fit.sample()) + ")";
    }

    private static String why(JoinCandidate candidate, JoinSample sample) {
        String types = switch (candidate.family()) {
            case INTEGER -> "both are numbers";
            case UUID -> "both are UUIDs";
            case TEXT -> "both are texts";
        };
        return List.of(candidate.name().reason(), types, seen(sample)).stream()
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String seen(JoinSample sample) {
        return switch (sample) {
            case JoinSample.Unseen(String why) -> "its values were not looked at (" + why + ")";
            case JoinSample.Counted counted when counted.values() == 0 -> "there was no value to look at";
            case JoinSample.Counted counted ->
                String.format(
                        Locale.ROOT,
                        "%,d of %,d sampled values are found there",
                        Math.max(counted.found(), counted.folded()),
                        counted.values());
        };
    }
}
