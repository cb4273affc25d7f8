package dev.kept.core.datamap.draft;

import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Epoch;
import dev.kept.core.notice.Category;
import dev.kept.core.notice.Notice;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a column probably holds, from its name, its type and what its values look like.
 *
 * @param sign what it is, whatever the notice calls it
 * @param category the notice's word for it
 */
record ColumnGuess(Optional<String> sign, Optional<String> category, String why) {

    /** Types whose values have no bounds to speak of. */
    private static final Set<String> ANYTHING = Set.of("text", "json", "jsonb", "hstore", "xml");

    /** @param looksLike what the sampled values look like: {@code email}, {@code phone}, {@code log}, {@code milliseconds} since 1970 */
    static ColumnGuess of(CatalogueColumn column, Optional<String> looksLike, Optional<Notice> notice) {
        Optional<Epoch> epoch = looksLike.flatMap(Epoch::of);
        if (epoch.isPresent()) {
            String word = epoch.get().word();
            return new ColumnGuess(
                    Optional.empty(),
                    Optional.empty(),
                    "sampled values look like " + word + " since 1970: an event of it needs `epoch: " + word
                            + "`, or the store");
        }
        Optional<Sign> sampled = looksLike.flatMap(Sign::called);
        if (sampled.isPresent()) {
            return of(sampled.get(), "sampled values look like " + looksLike.get(), notice);
        }
        return Sign.of(column)
                .map(sign -> of(sign, "the column's name", notice))
                .or(() -> calledTheSame(column, notice))
                .orElseGet(() -> new ColumnGuess(
                        Optional.empty(),
                        Optional.empty(),
                        ANYTHING.contains(column.baseType())
                                ? "its name points to no person, but it can hold anything: look at what it holds"
                                : "neither name nor type point to a person"));
    }

    private static ColumnGuess of(Sign sign, String why, Optional<Notice> notice) {
        String category = category(sign, notice);
        String uncollected = notice.filter(known -> !known.collects().containsKey(category))
                .map(known -> ", but the notice collects no `" + category + "`: name the category it is of, or add it")
                .orElse("");
        return new ColumnGuess(Optional.of(sign.id()), Optional.of(category), why + uncollected);
    }

    /** The notice has a category of the column's own name. */
    private static Optional<ColumnGuess> calledTheSame(CatalogueColumn column, Optional<Notice> notice) {
        String name = snake(column.name()).replace('_', '-');
        return notice.filter(known -> Sign.Form.of(column) == Sign.Form.TEXT
                        && known.collects().containsKey(name))
                .map(known -> new ColumnGuess(
                        Optional.of(name), Optional.of(name), "the notice has a category of the column's name"));
    }

    /** {@code FirstName} and {@code first_name} alike. */
    static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    /** The notice's own category for it, by term or by id. */
    private static String category(Sign sign, Optional<Notice> notice) {
        Map<String, Category> collects = notice.map(Notice::collects).orElse(Map.of());
        return collects.values().stream()
                .filter(category -> category.terms().contains(sign.term()))
                .map(Category::id)
                .findFirst()
                .orElse(sign.id());
    }
}
