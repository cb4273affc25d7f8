package dev.kept.core.datamap.picture;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Table;
import dev.kept.core.notice.End;
import dev.kept.core.notice.Span;
import dev.kept.core.notice.Use;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What there is to say of a table in few words: whose it is, which uses it serves, and how long the longest of them keeps it. */
public final class TableFacts {

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
        String found = person.foundBy().isEmpty()
                ? ""
                : ", found by " + String.join(" or ", person.foundBy().keySet());
        return "each row is a " + person.kind() + found;
    }

    public static List<Use> uses(BoundStore store, BoundTable table) {
        return store.notice().uses().values().stream()
                .filter(use -> table.map().uses().contains(use.id()))
                .toList();
    }

    /** When a use ends, in words: {@code 2 years after account.last-seen, else account.opened; or 30 days after account.closed}. */
    public static String ends(Use use) {
        return use.allEnds().stream().map(TableFacts::end).collect(Collectors.joining("; or "));
    }

    private static String end(End end) {
        return end.clauses().stream()
                .map(clause -> (clause.span().count() == 0 ? "at once with " : clause.span() + " after ")
                        + String.join(", else ", clause.events())
                        + (clause.endOfYear() ? ", to the end of the year" : ""))
                .collect(Collectors.joining(", and "));
    }

    /** The longest period of all uses of a table; empty where it serves none. */
    public static Optional<Span> longest(BoundStore store, BoundTable table) {
        return uses(store, table).stream()
                .flatMap(use -> use.allClauses().stream())
                .map(End.Clause::span)
                .max(Comparator.comparingLong(Span::atMostDays));
    }
}
