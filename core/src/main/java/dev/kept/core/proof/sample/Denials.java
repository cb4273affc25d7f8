package dev.kept.core.proof.sample;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.notice.Category;
import dev.kept.core.notice.Notice;
import dev.kept.core.proof.Finding;
import dev.kept.core.proof.Spot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Values that look like what the map denies, and which promise they break.
 *
 * <p>Where the map says that a column is nobody's data, one e-mail address, IBAN or card number is enough, since chance writes none; what
 * is told by its form alone (telephone numbers, IP addresses, positions) has to be {@value #LEAST_ALIKE} values and a fifth of the sample. In a column of
 * another category single slips are people's own: {@value #LEAST_SURE} values and a twentieth of the sample, as whole values.
 */
final class Denials {

    /** Values told by their form alone that there must be. */
    static final int LEAST_ALIKE = 5;

    /** Values with check digits that there must be in a column of another category. */
    static final int LEAST_SURE = 3;

    /** Of these the share of the sample, in percent. */
    static final int SHARE_SURE = 5;

    /** The share of values told by their form alone, in percent. */
    static final int SHARE_ALIKE = 20;

    /** Of long numbers of a card's form, the share in percent with a right check digit: of numbers that are no cards a tenth has one. */
    static final int SHARE_CARDS = 30;

    private final BoundStore store;
    private final Notice notice;
    private final Map<String, SampleColumn> columns = new HashMap<>();

    Denials(BoundStore store) {
        this.store = store;
        this.notice = store.notice();
        SampleColumn.of(store).forEach(column -> columns.put(column.table() + " " + column.id(), column));
    }

    /** Findings by the path of the promise they break. */
    Map<String, List<Finding>> in(List<SampledColumn> sampled) {
        Map<String, List<Finding>> found = new LinkedHashMap<>();
        for (SampledColumn sample : sampled) {
            SampleColumn column = columns.get(sample.table() + " " + sample.column());
            if (column != null) {
                for (Likeness likeness : Likeness.values()) {
                    judge(column, sample, likeness, found);
                }
            }
        }
        return found;
    }

    private void judge(SampleColumn column, SampledColumn sample, Likeness likeness, Map<String, List<Finding>> found) {
        List<Category> categories = column.categories().stream()
                .flatMap(id -> Optional.ofNullable(notice.collects().get(id)).stream())
                .toList();
        if (categories.stream().anyMatch(category -> fits(category, likeness))) {
            return;
        }
        List<Category> silent = categories.stream()
                .filter(category -> !category.identifies() && likeness.sure())
                .toList();
        if (!silent.isEmpty()) {
            long count = sample.within(likeness);
            if (count > 0) {
                silent.forEach(category -> put(
                        found,
                        category.path() + ".identifies",
                        finding(Finding.Kind.IDENTIFYING_VALUES, column, sample, likeness, count)));
            }
            return;
        }
        long count = categories.isEmpty() ? denied(sample, likeness) : astray(sample, likeness);
        if (count > 0) {
            String path = collecting(likeness).map(Category::path).orElse("collects");
            put(found, path, finding(Finding.Kind.DENIED_VALUES, column, sample, likeness, count));
        }
    }

    private static void put(Map<String, List<Finding>> found, String path, Finding finding) {
        found.computeIfAbsent(path, key -> new ArrayList<>()).add(finding);
    }

    /** In a column that is nobody's data by the map. */
    private static long denied(SampledColumn sample, Likeness likeness) {
        if (likeness == Likeness.CARD && sample.within(likeness) * 100 < sample.cardLike() * SHARE_CARDS) {
            return 0;
        }
        return likeness.sure()
                ? sample.within(likeness)
                : enough(sample, sample.whole(likeness), LEAST_ALIKE, SHARE_ALIKE);
    }

    /** In a column of other data. */
    private static long astray(SampledColumn sample, Likeness likeness) {
        return likeness.sure()
                ? enough(sample, sample.whole(likeness), LEAST_SURE, SHARE_SURE)
                : enough(sample, sample.whole(likeness), LEAST_ALIKE, SHARE_ALIKE);
    }

    private static long enough(SampledColumn sample, long count, int least, int percent) {
        return count >= least && count * 100 >= sample.values() * percent ? count : 0;
    }

    private Finding finding(
            Finding.Kind kind, SampleColumn column, SampledColumn sample, Likeness likeness, long count) {
        String holds = column.categories().isEmpty()
                ? "by the map is nobody's data"
                : "by the map holds `" + String.join("`, `", column.categories()) + "`";
        return new Finding(
                kind,
                Spot.of(store.store().name(), column.table(), List.of(column.id())),
                count,
                String.format(
                        Locale.ROOT,
                        "of %,d sampled values in `%s.%s`, which %s, %s",
                        sample.values(),
                        column.table(),
                        column.id(),
                        holds,
                        count == 1
                                ? "one is, or holds, " + likeness.counted(1)
                                : "there are " + likeness.counted(count)),
                kind == Finding.Kind.IDENTIFYING_VALUES
                        ? "keep them out of it, or take `identifies: false` off the category"
                        : "see what writes them there; keep them out, or say in the map what the column holds");
    }

    /** The category of which such values are told first: one whose term says just this, else one that may hold it. */
    private Optional<Category> collecting(Likeness likeness) {
        return notice.collects().values().stream()
                .filter(category -> category.terms().contains(likeness.term()))
                .findFirst()
                .or(() -> notice.collects().values().stream()
                        .filter(category -> fits(category, likeness))
                        .findFirst());
    }

    private static boolean fits(Category category, Likeness likeness) {
        return category.terms().stream().anyMatch(likeness::fits);
    }

    /** The kinds of values by which data of a category is known wherever it stands. */
    static Set<Likeness> told(Category category) {
        Set<Likeness> told = EnumSet.noneOf(Likeness.class);
        Arrays.stream(Likeness.values())
                .filter(likeness -> category.terms().contains(likeness.term()))
                .forEach(told::add);
        return told;
    }
}
