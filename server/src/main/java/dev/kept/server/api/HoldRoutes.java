package dev.kept.server.api;

import static dev.kept.server.api.Shape.Field.must;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.TableName;
import dev.kept.core.rights.request.Deadline;
import dev.kept.server.api.Route.Effect;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Records;
import dev.kept.server.signin.Action;
import dev.kept.server.signin.HoldActs;
import dev.kept.server.state.Holds.OpenHold;
import dev.kept.stores.postgres.session.StoreException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Legal holds: those that stand, opening one on a named record, and lifting it. */
final class HoldRoutes {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_KEY = 1_000;
    private static final int MOST_COLUMNS = 32;
    private static final String LIST = "holds";

    private static final Shape NEW = Shape.thing(
            must("store", Shape.line(1, LONGEST_NAME), ""),
            must("table", Shape.line(1, LONGEST_NAME), "as the map names it"),
            must(
                    "key",
                    Shape.list(Shape.text(0, LONGEST_KEY), MOST_COLUMNS),
                    "of the record: the value of each column of the primary key, in their order"),
            must("reason", Shape.line(1, HoldActs.LONGEST_REASON), "no personal data"),
            must("review-on", Shape.day(), "when somebody looks again"));

    private final Bureau bureau;

    HoldRoutes(Bureau bureau) {
        this.bureau = bureau;
    }

    List<Route> all() {
        return List.of(
                Route.get(
                                "/holds",
                                Action.SEE_HOLDS,
                                "holds",
                                "Legal holds that stand, page by page, soonest review first.",
                                Answers.HOLDS,
                                this::list)
                        .taking(RequestRoutes.LIMIT, RequestRoutes.CURSOR),
                Route.post(
                                "/holds",
                                Effect.CREATES,
                                Action.OPEN_HOLD,
                                "open-hold",
                                "Opens a legal hold on one record: it is not forgotten until the hold is lifted.",
                                NEW,
                                this::open)
                        .answering(Answers.HOLD)
                        .toldAgain(done -> answer(find(done)).status(201)),
                Route.post(
                                "/holds/{id}/lift",
                                Effect.ADDS,
                                Action.LIFT_HOLD,
                                "lift-hold",
                                "Lifts a hold; what it delayed is due with the next sweep. Answers the hold that was lifted.",
                                Shape.thing(),
                                this::lift)
                        .answering(Answers.HOLD)
                        .toldAgain(done -> answer(find(done))));
    }

    private Answer list(Asked asked) {
        List<OpenHold> open = new ArrayList<>();
        bureau.home()
                .stores(Optional.empty())
                .forEach(store ->
                        open.addAll(bureau.state().holds().open(store.store().name())));
        boolean records = asked.may(Action.SEE_HELD_RECORDS);
        int most = asked.query().whole("limit", RequestRoutes.ROWS);
        Optional<Place> after = asked.query().word("cursor").map(HoldRoutes::place);
        List<OpenHold> rows = open.stream()
                .sorted(Comparator.comparing(Place::of))
                .filter(hold -> after.isEmpty() || Place.of(hold).compareTo(after.get()) > 0)
                .limit(most + 1L)
                .toList();
        Map<String, Object> page = new LinkedHashMap<>();
        page.put(
                "holds",
                rows.stream().limit(most).map(hold -> view(hold, records)).toList());
        if (rows.size() > most) {
            OpenHold last = rows.get(most - 1);
            page.put(
                    "next",
                    Cursor.of(LIST, last.reviewOn().toString(), last.id().toString()));
        }
        return Answer.ok(page);
    }

    /** Where a hold stands in the list. */
    private record Place(LocalDate reviewOn, UUID id) implements Comparable<Place> {
        static Place of(OpenHold hold) {
            return new Place(hold.reviewOn(), hold.id());
        }

        @Override
        public int compareTo(Place other) {
            return Comparator.comparing(Place::reviewOn)
                    .thenComparing(Place::id)
                    .compare(this, other);
        }
    }

    private static Place place(String cursor) {
        try {
            return Cursor.read(LIST, cursor, 2)
                    .map(place -> new Place(LocalDate.parse(place.get(0)), UUID.fromString(place.get(1))))
                    .orElseThrow(RequestRoutes::noCursor);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw RequestRoutes.noCursor();
        }
    }

    private static Map<String, Object> view(OpenHold hold, boolean records) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", hold.id().toString());
        view.put("store", hold.store());
        view.put("table", hold.table().toString());
        view.put("review-on", hold.reviewOn().toString());
        if (records) {
            view.put("key", hold.key());
            view.put("reason", hold.reason());
        }
        return view;
    }

    /** Never the record: answers are kept for a day. */
    private static Answer answer(OpenHold hold) {
        return Answer.ok(view(hold, false));
    }

    private OpenHold find(UUID id) {
        return bureau.state().holds().find(id).orElseThrow(() -> NotDone.of(ProblemType.NOT_FOUND));
    }

    private Answer open(Asked asked) {
        Given body = asked.body();
        Flaws flaws = new Flaws();
        LocalDate review = body.day("review-on");
        if (review.isBefore(
                Deadline.day(bureau.instant(), bureau.office().requests().terms()))) {
            flaws.add("/review-on", "is over", "name a day that is still to come");
        }
        Optional<HoldActs.Place> record = record(body, flaws);
        if (flaws.any() || record.isEmpty()) {
            throw NotDone.flawed(ProblemType.INVALID_BODY, flaws.all());
        }
        UUID id = UUID.randomUUID();
        new HoldActs(bureau.state())
                .open(
                        asked.holder().caller(),
                        id,
                        record.get(),
                        body.text("reason"),
                        review,
                        asked.noted().apply(id));
        return answer(find(id)).status(201);
    }

    private Optional<HoldActs.Place> record(Given body, Flaws flaws) {
        String name = body.text("store");
        Optional<BoundStore> store = bureau.home().stores(Optional.empty()).stream()
                .filter(bound -> bound.store().name().equals(name))
                .findFirst();
        if (store.isEmpty()) {
            flaws.add("/store", "is the name of no store", "");
            return Optional.empty();
        }
        Optional<TableName> table = store.get().tables().keySet().stream()
                .filter(mapped -> mapped.toString().equals(body.text("table")))
                .findFirst();
        if (table.isEmpty()) {
            flaws.add("/table", "is no table of persons' data in the map of this store", "");
            return Optional.empty();
        }
        LiveStore live = bureau.store(name).orElseThrow(() -> Bureau.unavailable(name));
        try {
            return Optional.of(
                    new HoldActs.Place(name, table.get(), Records.there(live, table.get(), body.words("key"))));
        } catch (CannotRun e) {
            if (e.getCause() instanceof StoreException) {
                throw Bureau.unavailable(name);
            }
            flaws.add("/key", "names no record of this table", "look the key up again");
            return Optional.empty();
        }
    }

    private Answer lift(Asked asked) {
        OpenHold hold = RecordRoutes.id(asked)
                .flatMap(bureau.state().holds()::find)
                .orElseThrow(() -> NotDone.of(ProblemType.NOT_FOUND));
        if (!new HoldActs(bureau.state())
                .lift(asked.holder().caller(), hold.id(), asked.noted().apply(hold.id()))) {
            throw NotDone.of(ProblemType.NOT_POSSIBLE, "this hold was lifted already");
        }
        return answer(hold);
    }
}
