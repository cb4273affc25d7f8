package dev.kept.server.schedule;

import dev.kept.core.datamap.Statistics.Form;
import dev.kept.core.lifecycle.Grouping;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What is left of rows that go, as sentences: what is kept, of how many, and against what that does not protect. */
final class GroupingWords {

    private GroupingWords() {}

    static List<String> of(Grouping grouping) {
        return List.of(left(grouping), merged(grouping), unprotected(grouping));
    }

    /** The rows' columns of which something is left. */
    static List<String> columns(Grouping grouping) {
        Set<String> columns = new LinkedHashSet<>();
        grouping.common().forEach(common -> columns.add(common.of()));
        grouping.sums().forEach(sum -> columns.add(sum.of()));
        return List.copyOf(columns);
    }

    private static String left(Grouping grouping) {
        List<String> figures = new ArrayList<>();
        grouping.common().forEach(common -> figures.add(common(common)));
        grouping.sums().forEach(sum -> figures.add("the sum of " + sum.of()));
        if (!grouping.rows().isEmpty()) {
            figures.add("the number of rows");
        }
        if (!grouping.persons().isEmpty()) {
            figures.add("the number of persons");
        }
        return "left of rows that a sweep deletes: figures in `" + grouping.into() + "` for `" + grouping.use()
                + "`, of groups of at least " + grouping.atLeast() + " persons ("
                + grouping.roles().stream().map(Grouping.Persons::role).collect(Collectors.joining(", "))
                + ") in which nobody has more than half — " + String.join("; ", figures)
                + "; nothing else, and of an erasure nothing at all";
    }

    private static String common(Grouping.Common common) {
        List<String> forms =
                common.forms().stream().map(form -> form(form, common.of())).collect(Collectors.toList());
        if (common.droppable()) {
            forms.add("nothing");
        }
        return String.join(", or ", forms);
    }

    private static String form(Form form, String of) {
        return switch (form) {
            case Form.Value value -> of;
            case Form.Year year -> "the year of " + of;
            case Form.Month month -> "the month of " + of;
            case Form.First(int characters) ->
                characters == 1 ? "the first character of " + of : "the first " + characters + " characters of " + of;
            case Form.Network network ->
                "the network of " + of + " (" + network.bits4() + " bits, of IPv6 " + network.bits6() + ")";
            case Form.Steps steps -> of + " in steps of " + steps.width().toPlainString();
        };
    }

    private static String merged(Grouping grouping) {
        int levels = grouping.levels().size();
        return levels == 1
                ? "suppressed: rows of smaller groups — nothing is left of them"
                : "merged: rows of smaller groups, with the coarser forms, the last column first; what is too small after "
                        + levels + " looks is suppressed — nothing is left of it";
    }

    private static String unprotected(Grouping grouping) {
        return "not protected: what is true of everybody in a group is told of each of them, if it is known that they are in it; "
                + "who knows all the others in a group"
                + (grouping.sums().isEmpty() ? "" : ", or all the other numbers in a sum,")
                + " knows what is left; persons are told apart by what the map says, so that one with several accounts counts as several";
    }
}
