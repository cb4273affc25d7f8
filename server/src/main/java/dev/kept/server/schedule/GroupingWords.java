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
        return List.of(left(grouping), groups(grouping), unprotected(grouping));
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
        return "left of it: figures of groups in `" + grouping.into() + "`, for `" + grouping.use()
                + "`, when a sweep deletes the rows — " + String.join("; ", figures) + "; an erasure leaves nothing";
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

    private static String groups(Grouping grouping) {
        int levels = grouping.levels().size();
        String roles = grouping.roles().stream().map(Grouping.Persons::role).collect(Collectors.joining(" and as "));
        return "groups: of at least " + grouping.atLeast() + " persons (as " + roles
                + "), nobody with more than half of one; "
                + (levels == 1
                        ? "of rows in smaller groups nothing is left"
                        : "rows in smaller groups are grouped again, coarser, the last column first, " + levels
                                + " times in all; of what is too small even then nothing is left");
    }

    private static String unprotected(Grouping grouping) {
        return "not protected: what holds for a whole group is told of each who is known to be in it; who knows all others of a group"
                + (grouping.sums().isEmpty() ? "" : ", or their numbers in a sum,")
                + " knows the last one; totals from elsewhere give what was left out; one with several accounts counts as several";
    }
}
