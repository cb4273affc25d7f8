package dev.kept.core.constraint;

import dev.kept.core.constraint.Fitted.Misfit;
import dev.kept.core.constraint.TableRules.Rule;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.value.ValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what fits the columns of a table when their values are forgotten, so that NOT NULL, CHECK, UNIQUE, foreign keys and domains are
 * <em>known</em> to hold, whatever the other columns are. What cannot be shown to hold is refused, never tried.
 */
public final class Fits {

    /** The most combinations tried for columns that constraints tie together. */
    public static final int MAX_TRIES = 20_000;

    private final CatalogueTable table;
    private final TableRules rules;
    private final boolean keyIsPersonal;
    private final Map<String, String> met;
    private final Map<Question, Fitted> answers = new HashMap<>();

    /** Of a table that no other meets by value. */
    public Fits(CatalogueTable table, Set<String> personal) {
        this(table, personal, Map.of());
    }

    /**
     * @param personal columns that hold personal data: no value is made from a key that is one of them
     * @param met columns by whose values other tables' rows meet this one, with what says so: two rows never come to hold the same
     */
    public Fits(CatalogueTable table, Set<String> personal, Map<String, String> met) {
        this.table = table;
        this.met = Map.copyOf(met);
        this.rules = new TableRules(table, met);
        this.keyIsPersonal = !Collections.disjoint(table.primaryKey(), personal);
    }

    /**
     * What fits columns that are forgotten together.
     *
     * @param known what other columns of the row are known to have become
     */
    public Fitted find(Map<String, Wish> wishes, Map<String, Fit> known) {
        Question question = new Question(new LinkedHashMap<>(wishes), new LinkedHashMap<>(known));
        Fitted answer = answers.get(question);
        if (answer == null) {
            answer = search(question.wishes(), question.known());
            answers.put(question, answer);
        }
        return answer;
    }

    /** The order of the columns matters: it is the order in which they are tried. */
    private record Question(Map<String, Wish> wishes, Map<String, Fit> known) {}

    private Fitted search(Map<String, Wish> wishes, Map<String, Fit> known) {
        Map<String, Fit> fits = new LinkedHashMap<>();
        List<Misfit> misfits = new ArrayList<>();
        Map<String, Wish> open = new LinkedHashMap<>(wishes);
        for (String name : wishes.keySet()) {
            if (table.column(name).generated()) {
                misfits.add(new Misfit(
                        name, "GENERATED", "the database computes `" + name + "`: map the columns it is made of"));
                open.remove(name);
            }
        }
        List<Rule> concerned = rules.rules(open.keySet()).stream()
                .filter(rule -> !Collections.disjoint(rule.columns(), open.keySet()))
                .toList();
        for (Set<String> together : tied(open.keySet(), concerned)) {
            String only = together.iterator().next();
            if (together.size() == 1
                    && !(open.get(only) instanceof Wish.Exactly)
                    && !(open.get(only) instanceof Wish.Nobodys(boolean orNull) && !orNull)
                    && concerned.stream().noneMatch(rule -> rule.columns().contains(only))) {
                fits.put(only, new Fit.ToNull());
                continue;
            }
            Search search = new Search(together, open, known, concerned);
            if (search.find(0)) {
                fits.putAll(search.chosen);
            } else {
                misfits.add(search.misfit());
            }
        }
        return new Fitted(fits, misfits);
    }

    /** Columns by the constraints that tie them together. */
    private static List<Set<String>> tied(Collection<String> columns, List<Rule> rules) {
        List<Set<String>> groups = new ArrayList<>();
        columns.forEach(column -> groups.add(new LinkedHashSet<>(List.of(column))));
        for (Rule rule : rules) {
            List<Set<String>> joined = groups.stream()
                    .filter(group -> !Collections.disjoint(group, rule.columns()))
                    .toList();
            for (Set<String> other : joined.subList(Math.min(1, joined.size()), joined.size())) {
                joined.getFirst().addAll(other);
                groups.remove(other);
            }
        }
        return groups;
    }

    /** Tries the candidates of some columns, one column after the other. */
    private final class Search {
        private final List<String> columns;
        private final List<Rule> concerned;
        private final Map<String, Wish> wishes;
        private final Map<String, Fit> known;
        private final Map<String, Fit> chosen = new LinkedHashMap<>();
        private int tries;
        private int deepest = -1;
        private @Nullable Rule broken;

        Search(Set<String> together, Map<String, Wish> wishes, Map<String, Fit> known, List<Rule> concerned) {
            this.columns = List.copyOf(together);
            this.wishes = wishes;
            this.known = known;
            this.concerned = concerned.stream()
                    .filter(rule -> !Collections.disjoint(rule.columns(), together))
                    .toList();
        }

        /** What PostgreSQL would take for the column's type at all. */
        private Stream<Fit> candidates(String name) {
            CatalogueColumn column = table.column(name);
            return Candidates.of(table, column, wish(name), () -> !keyIsPersonal && rules.keyKnown())
                    .filter(fit -> rules.readable(column, fit));
        }

        private Wish wish(String column) {
            return wishes.getOrDefault(column, new Wish.Fitting());
        }

        boolean find(int depth) {
            if (depth == columns.size()) {
                return true;
            }
            String column = columns.get(depth);
            for (Iterator<Fit> each = candidates(column).iterator(); each.hasNext(); ) {
                Fit candidate = each.next();
                chosen.put(column, candidate);
                Optional<Rule> fails = failing(depth);
                if (fails.isEmpty() && find(depth + 1)) {
                    return true;
                }
                if (fails.isPresent() && depth >= deepest) {
                    deepest = depth;
                    broken = fails.get();
                }
                if (++tries > MAX_TRIES) {
                    break;
                }
            }
            chosen.remove(column);
            return false;
        }

        /** The first rule that does not hold, of those that can be judged now and could not before. */
        private Optional<Rule> failing(int depth) {
            Map<String, Fit> all = new LinkedHashMap<>(known);
            all.putAll(chosen);
            Set<String> waiting = Set.copyOf(columns.subList(depth + 1, columns.size()));
            return concerned.stream()
                    .filter(rule -> rule.columns().contains(columns.get(depth))
                            && Collections.disjoint(rule.columns(), waiting))
                    .filter(rule -> !rule.holds().test(all))
                    .findFirst();
        }

        Misfit misfit() {
            Optional<String> none = columns.stream()
                    .filter(name -> candidates(name).findAny().isEmpty())
                    .findFirst();
            String column = none.orElse(columns.get(Math.max(deepest, 0)));
            String constraint = none.isPresent() || broken == null
                    ? "type " + table.column(column).type()
                    : broken.name();
            return new Misfit(column, constraint, attempt(column));
        }

        private String attempt(String column) {
            return switch (wish(column)) {
                case Wish.Null() -> "keep the link: give the row a use that outlives it, or change the constraint";
                case Wish.Exactly(String value) ->
                    "name another value in `cleared:` of `" + column + "`; `{key}` in it stands for the primary key";
                case Wish.Fitting fitting -> named(column);
                case Wish.Nobodys nobodys -> named(column);
            };
        }

        private static String named(String column) {
            return "name a value that satisfies it: `" + column + ": {…, cleared: \"…\"}` in the map; "
                    + "`{key}` in it stands for the primary key";
        }
    }

    /** The shape of a new value for a personal key; empty where none is known to fit. */
    public Optional<NewKey> newKey(String column) {
        ValueType.Kind kind = ValueType.of(table.column(column).baseType()).kind();
        List<NewKey> shapes = switch (kind) {
            case TEXT ->
                List.of(
                        NewKey.USUAL,
                        new NewKey("erased-", 32, "@erased.invalid"),
                        new NewKey("erased-", 12, ""),
                        new NewKey("erased-", 12, "@erased.invalid"));
            case UUID -> List.of(new NewKey("e0000000-0000-4000-8000-", 12, ""));
            case INTEGER, NUMERIC, FLOAT, BOOLEAN, PADDED_TEXT, INSTANT, LOCAL, DATE, JSON, OTHER -> List.of();
        };
        return shapes.stream().filter(shape -> fits(column, shape)).findFirst();
    }

    private boolean fits(String column, NewKey shape) {
        Fit sample = new Fit.To(shape.of("0123456789abcdef0123456789abcdef"));
        if (!rules.readable(table.column(column), sample)) {
            return false;
        }
        Map<String, Fit> one = Map.of(column, sample);
        Set<String> unique = new LinkedHashSet<>();
        table.uniqueKeys().forEach(key -> unique.add(key.name()));
        table.foreignKeys().forEach(key -> unique.add(key.name()));
        unique.addAll(met.values());
        return rules.rules(one.keySet()).stream()
                .filter(rule -> rule.columns().contains(column) && !unique.contains(rule.name()))
                .allMatch(rule -> rule.holds().test(one));
    }
}
