package dev.kept.core.datamap;

import dev.kept.core.datamap.Statistics.Figure;
import dev.kept.core.datamap.Statistics.Form;
import dev.kept.core.notice.Written;
import dev.kept.core.source.Element;
import dev.kept.core.source.Fields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a table's ended rows become ({@code anonymise}, docs/map-format.md). */
final class StatisticsReader {

    /** The largest group that can be asked for. */
    static final int MOST_PERSONS = 1_000_000;

    /** The most characters of a text that are kept. */
    static final int MOST_CHARACTERS = 4;

    /** The most forms of one column. */
    static final int MOST_FORMS = 8;

    /** How often the groups that are too small are merged at most: each time is another look at their rows. */
    static final int MOST_LEVELS = 16;

    private static final int MOST_BITS_4 = 24;
    private static final int MOST_BITS_6 = 48;
    private static final Pattern NETWORK = Pattern.compile("(\\d{1,2})/(\\d{1,2})");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,12}(\\.\\d{1,6})?");

    private static final Map<String, Figure> WORDS = Map.of(
            "rows", new Figure.Rows(),
            "persons", new Figure.Persons(),
            "as-of", new Figure.Day());

    private static final Map<String, Form> NAMED =
            Map.of("value", new Form.Value(), "year", new Form.Year(), "month", new Form.Month());

    private StatisticsReader() {}

    static Optional<Statistics> read(Element written) {
        Fields known = written.fields("into", "for", "at-least", "columns");
        Optional<TableName> into = known.required("into", "name the table that takes the figures")
                .flatMap(Element::text)
                .map(TableName::parse);
        Optional<String> use = known.required("for", "name the use of form `anonymised` they are kept for")
                .flatMap(Written::id);
        Optional<Integer> atLeast =
                known.get("at-least").flatMap(e -> e.whole(2, MOST_PERSONS)).map(Long::intValue);
        Map<String, Figure> columns = new LinkedHashMap<>();
        Optional<Element> listed = known.required("columns", "say what each column of the figures holds");
        listed.map(Element::entries)
                .orElse(Map.of())
                .forEach((column, figure) -> figure(figure).ifPresent(f -> columns.put(column, f)));
        listed.filter(e -> e.kind() == Element.Kind.MAPPING && e.entries().isEmpty())
                .ifPresent(e -> e.error(
                        "nothing-listed",
                        "`" + e.dotted() + "` names no column",
                        "add one, as in `year: {of: placed_at, as: year}` or `orders: rows`"));
        int levels = columns.values().stream()
                .mapToInt(figure -> figure instanceof Figure.Common common
                        ? common.forms().size() - 1 + (common.droppable() ? 1 : 0)
                        : 0)
                .sum();
        if (levels > MOST_LEVELS) {
            listed.ifPresent(e -> e.error(
                    "too-many-forms",
                    "`" + e.dotted() + "` gets coarser in " + levels + " steps",
                    "list at most " + MOST_LEVELS));
        }
        return into.flatMap(
                table -> use.filter(id -> !columns.isEmpty()).map(id -> new Statistics(table, id, atLeast, columns)));
    }

    private static Optional<Figure> figure(Element written) {
        if (written.isScalar()) {
            return written.choice(WORDS);
        }
        Fields known = written.fields("of", "as", "first", "network", "steps", "or");
        Optional<String> of =
                known.required("of", "name the column of the rows").flatMap(Element::text);
        List<String> ways = List.of("as", "first", "network", "steps").stream()
                .filter(known::has)
                .toList();
        if (ways.size() != 1 && written.kind() == Element.Kind.MAPPING) {
            written.problemAtKey(
                    "one-form",
                    "`" + written.dotted() + "` says "
                            + (ways.isEmpty() ? "not how the value is generalised" : "more than one way to generalise"),
                    "write one of `as: year`, `first: 2`, `network: 16/48`, `steps: 50`");
            return Optional.empty();
        }
        boolean droppable =
                known.get("or").flatMap(e -> e.choice(Map.of("nothing", true))).orElse(false);
        Optional<Element> sum = known.get("as").filter(as -> as.is("sum"));
        if (sum.isPresent()) {
            if (droppable) {
                sum.get().error("sum-or-nothing", "a sum groups no rows", "leave `or` out");
            }
            return of.map(Figure.Sum::new);
        }
        List<Form> forms = ways.isEmpty() ? List.of() : forms(ways.getFirst(), known);
        return of.filter(column -> !forms.isEmpty()).map(column -> new Figure.Common(column, forms, droppable));
    }

    private static List<Form> forms(String way, Fields known) {
        List<Form> forms = new ArrayList<>();
        Optional<Element> written = known.get(way);
        List<Element> items = written.map(Element::itemsOrOne).orElse(List.of());
        items.forEach(item -> form(way, item).ifPresent(forms::add));
        if (items.isEmpty() || items.size() > MOST_FORMS) {
            written.ifPresent(e -> e.error(
                    "number-of-forms",
                    "`" + e.dotted() + "` lists " + items.size() + " forms",
                    "list from 1 to " + MOST_FORMS));
            return List.of();
        }
        for (int i = 1; i < forms.size(); i++) {
            if (!coarser(forms.get(i), forms.get(i - 1))) {
                items.get(Math.min(i, items.size() - 1))
                        .error(
                                "not-coarser",
                                "`" + written.map(Element::dotted).orElse(way)
                                        + "` does not get coarser from one form to the next",
                                "list the finest first, as in `[month, year]` or `first: [2, 1]`");
            }
        }
        return forms.size() == items.size() ? forms : List.of();
    }

    private static Optional<Form> form(String way, Element item) {
        return switch (way) {
            case "as" -> item.choice(NAMED);
            case "first" -> item.whole(1, MOST_CHARACTERS).map(n -> new Form.First(n.intValue()));
            case "network" ->
                item.parsed(
                        "bad-network",
                        "the bits kept of IPv4 and of IPv6, at most " + MOST_BITS_4 + "/" + MOST_BITS_6,
                        "write `16/48`",
                        StatisticsReader::network);
            default -> steps(item);
        };
    }

    private static Optional<Form> network(String text) {
        Matcher bits = NETWORK.matcher(text);
        if (!bits.matches()) {
            return Optional.empty();
        }
        int four = Integer.parseInt(bits.group(1));
        int six = Integer.parseInt(bits.group(2));
        return four >= 1 && four <= MOST_BITS_4 && six >= 1 && six <= MOST_BITS_6
                ? Optional.of(new Form.Network(four, six))
                : Optional.empty();
    }

    private static Optional<Form> steps(Element item) {
        Optional<String> written = item.scalar();
        Optional<Form> steps = written.filter(NUMBER.asMatchPredicate())
                .map(BigDecimal::new)
                .filter(width -> width.signum() > 0)
                .map(Form.Steps::new);
        if (written.isPresent() && steps.isEmpty()) {
            item.error("bad-steps", "`" + written.get() + "` is no width of steps", "write `steps: 50`");
        }
        return steps;
    }

    /** Whether values that are alike in the finer form are alike in this one. */
    private static boolean coarser(Form form, Form finer) {
        return switch (form) {
            case Form.Value value -> false;
            case Form.Year year -> finer instanceof Form.Month || finer instanceof Form.Value;
            case Form.Month month -> finer instanceof Form.Value;
            case Form.First first -> finer instanceof Form.First(int more) && first.characters() < more;
            case Form.Network network ->
                finer instanceof Form.Network(int four, int six)
                        && network.bits4() <= four
                        && network.bits6() <= six
                        && !network.equals(finer);
            case Form.Steps steps ->
                finer instanceof Form.Steps(BigDecimal width)
                        && steps.width().compareTo(width) > 0
                        && steps.width().remainder(width).signum() == 0;
        };
    }
}
