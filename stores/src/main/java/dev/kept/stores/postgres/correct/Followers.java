package dev.kept.stores.postgres.correct;

import dev.kept.core.datamap.Link;
import dev.kept.core.rights.CorrectionPlan;
import dev.kept.core.rights.CorrectionReader;
import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import dev.kept.stores.postgres.correct.Found.Why;
import dev.kept.stores.postgres.correct.RowChanges.Put;
import dev.kept.stores.postgres.session.StoreConnection;
import dev.kept.stores.postgres.sql.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What refers to a corrected value follows it: rows that a foreign key ties to it, and rows that belong by it. Else they would be refused by
 * the store, or be nobody's.
 */
final class Followers {

    private final StoreConnection connection;
    private final CorrectionSql sql;
    private final CorrectionPlan plan;
    private final RowReading rows;
    private final RowChanges changes;
    private final List<Problem> problems;
    private final Map<RowPlace, Place> places = new LinkedHashMap<>();

    Followers(
            StoreConnection connection,
            CorrectionSql sql,
            CorrectionPlan plan,
            RowReading rows,
            RowChanges changes,
            List<Problem> problems) {
        this.connection = connection;
        this.sql = sql;
        this.plan = plan;
        this.rows = rows;
        this.changes = changes;
        this.problems = problems;
    }

    /** Where in the request the change stands that a row is changed by. */
    Map<RowPlace, Place> places() {
        return places;
    }

    void follow(Hand hand, String column, Optional<String> value, Place place) {
        places.putIfAbsent(hand.place(), place);
        for (Link link : plan.links()) {
            if (link.to().equals(hand.place().table()) && link.targetColumns().contains(column)) {
                follow(link, hand, column, value, place);
            }
        }
    }

    private void follow(Link link, Hand hand, String column, Optional<String> value, Place place) {
        boolean refers = link.targetColumns().stream()
                .noneMatch(c -> hand.values().getOrDefault(c, Optional.empty()).isEmpty());
        if (!refers) {
            return;
        }
        List<Hand> following =
                rows.lock(link.from(), sql.referring(link, hand.values(), Row.outer(link.from())), List.of(), most());
        if (following.size() > most()) {
            problem(
                    "followers",
                    place,
                    link,
                    "more than " + most() + " rows of `" + link.from() + "` would follow",
                    "");
            return;
        }
        if (!link.foreignKey()) {
            declared(link, hand, column, value, place, following);
        }
        String here = link.columns().get(link.targetColumns().indexOf(column));
        following.forEach(follower -> changeAlong(link, follower, here, value, place));
    }

    private static int most() {
        return CorrectionReader.MOST_ROWS;
    }

    /** One row that refers to the changed one. */
    private void changeAlong(Link link, Hand follower, String here, Optional<String> value, Place place) {
        if (sql.tables().column(link.from(), here).generated()) {
            problem(
                    "followers",
                    place,
                    link,
                    "the database itself makes `" + link.from() + "." + here + "`, which would follow",
                    "");
            return;
        }
        if (follower.held()) {
            problem(
                    "held",
                    place,
                    link,
                    "a row of `" + link.from() + "` that would follow is held",
                    "have the hold lifted first");
            return;
        }
        Put put = changes.put(follower, new Assigned(here, List.of(), value), Why.FOLLOWS);
        if (put == Put.CONFLICT) {
            problem(
                    "two-values",
                    place,
                    link,
                    "a row of `" + link.from() + "` would follow two different values",
                    "correct one of them first");
        } else if (put == Put.NEW) {
            follow(follower, here, value, place);
        }
    }

    /** Rows that belong by value: whose they are must be clear before and after. */
    private void declared(
            Link link, Hand hand, String column, Optional<String> value, Place place, List<Hand> following) {
        if (!following.isEmpty() && value.isEmpty()) {
            problem(
                    "followers",
                    place,
                    link,
                    "rows of `" + link.from() + "` belong to the person by this value",
                    "give a value");
            return;
        }
        boolean shared = !following.isEmpty()
                && connection.run(sql.targets(link, hand.values())).number(0) > 1;
        if (shared) {
            problem(
                    "not-alone",
                    place,
                    link,
                    "rows of `" + link.from() + "` belong by the old value to somebody else, too",
                    "change them in the application, where it is known whose they are");
        }
        if (value.isPresent()) {
            Map<String, Optional<String>> after = new LinkedHashMap<>(hand.values());
            after.put(column, value);
            List<Hand> there =
                    rows.lock(link.from(), sql.referring(link, after, Row.outer(link.from())), List.of(), most());
            boolean strange = there.stream()
                    .anyMatch(row ->
                            following.stream().noneMatch(own -> own.place().equals(row.place())));
            if (strange) {
                problem(
                        "would-adopt",
                        place,
                        link,
                        "rows of `" + link.from() + "` hold the new value already and would become this person's",
                        "see whose they are, and change or delete them first");
            }
        }
    }

    private void problem(String code, Place place, Link link, String message, String attempt) {
        problems.add(Problem.error(code, place, link.from().toString(), message, attempt));
    }
}
