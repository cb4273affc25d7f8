package dev.kept.server.api;

import static dev.kept.server.api.Shape.Field.may;
import static dev.kept.server.api.Shape.Field.must;
import static dev.kept.server.api.Shape.choice;
import static dev.kept.server.api.Shape.count;
import static dev.kept.server.api.Shape.day;
import static dev.kept.server.api.Shape.id;
import static dev.kept.server.api.Shape.line;
import static dev.kept.server.api.Shape.list;
import static dev.kept.server.api.Shape.map;
import static dev.kept.server.api.Shape.moment;
import static dev.kept.server.api.Shape.text;
import static dev.kept.server.api.Shape.thing;
import static dev.kept.server.api.Shape.words;

import dev.kept.core.lifecycle.Ground;
import dev.kept.server.state.RunState;
import java.util.Arrays;
import java.util.List;

/** What is answered of what is still to come. Lists are as long as a store has tables. */
final class AheadShapes {

    private static final int LONG = 1_000;
    private static final int MANY = 100_000;

    private static final String DOUBT = "that a partition stands outside its table: what is in it was not looked at";

    private AheadShapes() {}

    private static Shape.Thing task(String done) {
        return thing(
                must("state", choice(List.of(TaskView.UNDER_WAY, done, TaskView.BROKEN_OFF)), ""),
                must("asked", moment(), ""),
                may("ended", moment(), ""),
                may("problem", text(1, MANY), "why nothing was found"));
    }

    static Shape plan() {
        Shape.Thing table = thing(
                must("table", line(1, LONG), ""),
                must("delete", count(), "rows"),
                must("clear", count(), "rows of which something is forgotten"));
        Shape.Thing stays = thing(
                must("table", line(1, LONG), ""),
                must("use", text(0, LONG), "empty where none is alive and something else keeps the rows"),
                must("rows", count(), ""),
                must(
                        "ground",
                        choice(Arrays.stream(Ground.values()).map(Ground::word).toList()),
                        ""),
                may("until", day(), "at the latest; not there where no day is sure"));
        return task("looked")
                .and(must(
                        "stores",
                        list(
                                thing(
                                        must("store", line(1, LONG), ""),
                                        may("problem", text(1, MANY), "why it could not be looked at"),
                                        may("doubt", text(1, MANY), DOUBT),
                                        must("tables", list(table, MANY), ""),
                                        must(
                                                "written",
                                                map(count(), LONG),
                                                "rows into which the time of the end would be written, by column"),
                                        must("by-hand", list(text(1, MANY), MANY), "what would be left to people"),
                                        must("stays", list(stays, MANY), "")),
                                LONG),
                        "that know her"));
    }

    static Shape nextSweep() {
        Shape.Thing table = thing(
                must("table", line(1, LONG), ""),
                must("rows", count(), "of the table"),
                must("delete", count(), ""),
                must("clear", count(), ""),
                must("unknown", count(), "of which it is not known whether they have ended"));
        return task("looked")
                .and(must("store", line(1, LONG), ""))
                .and(must("tables", list(table, MANY), "where anything would be done, or is unknown"))
                .and(must("brakes", list(line(1, LONG), MANY), "why it would wait for a second person's yes"))
                .and(may("doubt", text(1, MANY), DOUBT));
    }

    static Shape sweep() {
        return task("ended")
                .and(must("store", line(1, LONG), ""))
                .and(may("run", id(), "see `runs/{id}`"))
                .and(may("outcome", words(RunState.values()), "`waiting`: for a second person's yes"))
                .and(may("brakes", list(line(1, LONG), MANY), "why it waits"));
    }
}
