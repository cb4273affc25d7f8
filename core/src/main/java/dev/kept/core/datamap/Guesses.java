package dev.kept.core.datamap;

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
}
