package dev.kept.core.datamap.picture;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Table;
import dev.kept.core.datamap.TableName;
import dev.kept.core.notice.End;
import dev.kept.core.notice.Span;
import dev.kept.core.notice.Use;
import dev.kept.core.notice.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What there is to say of a table in few words: whose it is, which uses it serves, and how long the longest of them keeps it. */
public final class TableFacts {

    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

    private TableFacts() {}

    /** Whose rows they are, and by what way: {@code customer, by customer_id → shop.customers}. */
    public static List<String> owners(BoundTable table) {
        List<String> owners = new ArrayList<>();
        table.map().person().map(TableFacts::person).ifPresent(owners::add);
        table.roles().stream()
                .filter(role -> !role.path().isEmpty())
                .map(role -> role.name()
                        + role.kind().map(kind -> " (a " + kind + ")").orElse("")
                        + ", by "
                        + role.path().stream()
                                .map(link -> String.join(", ", link.columns()) + " → " + link.to())
                                .collect(Collectors.joining(", ")))
                .forEach(owners::add);
        table.pointers().stream()
                .map(pointer -> "whoever points to it from " + pointer.link().from() + "."
                        + String.join(", ", pointer.link().columns()))
                .forEach(owners::add);
        return owners;
    }

    private static String person(Table.Person person) {
        String found = person.finders().isEmpty() ? "" : ", found by " + String.join(" or ", person.finders());
        return "each row is a " + person.kind() + found;
    }

    public static List<Use> uses(BoundStore store, BoundTable table) {
        return store.notice().uses().values().stream()
                .filter(use -> table.map().uses().contains(use.id()))
                .toList();
    }

    /**
     * When a use ends, in words: {@code 2 years after account.last-seen, else account.opened; or 30 days after account.closed}. Each end with
     * the data and the times it counts for, where versions of the notice say different things; then what is said of categories that joined.
     */
    public static String ends(Use use) {
        String all = joined(use.allEnds());
        String later = use.past().joined().entrySet().stream()
                .map(category ->
                        "; for " + category.getKey() + ", which joined later, also " + joined(category.getValue()))
                .collect(Collectors.joining());
        return all + later;
    }

    private static String joined(List<End> ends) {
        return ends.stream().map(TableFacts::end).collect(Collectors.joining("; or "));
    }

    /** Whether versions of the notice say different things of the use, so that not every end counts for all data at all times. */
    public static boolean ofSeveralVersions(Use use) {
        return !use.past().joined().isEmpty()
                || use.allClauses().stream().anyMatch(clause -> !clause.window().equals(Window.ALWAYS));
    }

    private static String end(End end) {
        return end.clauses().stream()
                        .map(clause -> (clause.span().count() == 0 ? "at once with " : clause.span() + " after ")
                                + String.join(", else ", clause.events())
                                + (clause.endOfYear() ? ", to the end of the year" : ""))
                        .collect(Collectors.joining(", and "))
                + window(end.clauses().getFirst().window());
    }

    /** For which data and when an end of one version counts; the clauses of one end share it. */
    private static String window(Window window) {
        List<String> said = new ArrayList<>();
        window.before().ifPresent(day -> said.add("if that was before " + day));
        window.from().ifPresent(day -> said.add("from " + day + " on"));
        window.until().ifPresent(day -> said.add("until " + day));
        return said.isEmpty() ? "" : " (" + String.join(", ", said) + ")";
    }

    /** A table's name as the id of an element and in an address: what is neither a plain letter, digit, dot, hyphen nor underscore is {@code ~} and its code. */
    public static String anchor(TableName table) {
        StringBuilder anchor = new StringBuilder();
        for (char c : table.toString().toCharArray()) {
            if (PLAIN.indexOf(c) >= 0) {
                anchor.append(c);
            } else {
                anchor.append(String.format(Locale.ROOT, "~%04x", (int) c));
            }
        }
        return anchor.toString();
    }

    /** The longest period of all uses of a table; empty where it serves none. */
    public static Optional<Span> longest(BoundStore store, BoundTable table) {
        return uses(store, table).stream()
                .flatMap(use -> use.allClauses().stream())
                .map(End.Clause::span)
                .max(Comparator.comparingLong(Span::atMostDays));
    }
}
