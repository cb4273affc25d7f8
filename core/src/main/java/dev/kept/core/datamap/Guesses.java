package dev.kept.core.datamap;

import dev.kept.core.source.Place;
import dev.kept.core.source.Places;
import dev.kept.core.source.Problem;
import java.util.ArrayList;
import java.util.List;

/** The guesses of a draft that nobody has confirmed yet: each fails a check, none is worked with. */
public final class Guesses {

    private Guesses() {}

    public static List<Problem> unconfirmed(Store store, Places places) {
        List<Problem> problems = new ArrayList<>();
        for (Table table : store.tables().values()) {
            table.guess().ifPresent(reason -> {
                String name = table.name().toString();
                problems.add(Problem.error(
                        "guess-unconfirmed",
                        places.at("tables", name, "guess"),
                        "tables." + name,
                        (table.personal()
                                        ? "that rows of `" + name + "` belong to whom the map says"
                                        : "that `" + name + "` holds nothing of persons")
                                + " is a guess: " + reason,
                        "look at what it holds, correct it if need be, and remove `guess`"));
            });
            problems.addAll(ways(table, places));
            for (Column column : table.columns().values()) {
                column.guess().ifPresent(reason -> {
                    String name = table.name().toString();
                    problems.add(Problem.error(
                            "guess-unconfirmed",
                            places.at("tables", name, "columns", column.name()),
                            "tables." + name + ".columns." + column.id(),
                            "`" + name + "." + column.id() + "` is a guess: " + reason,
                            "look at what it holds, correct it if need be, and remove `guess`"));
                });
            }
        }
        return problems;
    }

    private static List<Problem> ways(Table table, Places places) {
        String name = table.name().toString();
        List<Problem> problems = new ArrayList<>();
        for (Table.BelongsTo way : table.belongsTo().values()) {
            String target = switch (way.target()) {
                case Table.Target.OfKind(String kind) -> "a " + kind;
                case Table.Target.OfTable(TableName to) -> "`" + to + "`";
            };
            way.guess()
                    .ifPresent(reason -> problems.add(way(
                            places.at("tables", name, "belongs-to", way.role()),
                            "tables." + name + ".belongs-to." + way.role(),
                            "`" + name + "." + String.join(", ", way.via()) + "` leads to " + target,
                            reason)));
        }
        for (Table.Pointer pointer : table.anyOf()) {
            pointer.guess()
                    .ifPresent(reason -> problems.add(way(
                            places.at("tables", name, "belongs-to", "any-of"),
                            "tables." + name + ".belongs-to.any-of",
                            "`" + pointer.table() + "." + String.join(", ", pointer.via()) + "` leads to `" + name
                                    + "`",
                            reason)));
        }
        table.replies()
                .ifPresent(replies -> replies.guess()
                        .ifPresent(reason -> problems.add(way(
                                places.at("tables", name, "replies"),
                                "tables." + name + ".replies",
                                "`" + name + "." + String.join(", ", replies.via()) + "` leads to another row of `"
                                        + name + "`",
                                reason))));
        return problems;
    }

    private static Problem way(Place place, String path, String leads, String reason) {
        return Problem.error(
                "guess-unconfirmed",
                place,
                path,
                "that " + leads + " is a guess: " + reason,
                "see that it does, correct it if need be, and remove `guess`");
    }
}
