package dev.kept.server.api;

import static dev.kept.server.api.Shape.Field.may;

import dev.kept.core.proof.Verdict;
import dev.kept.server.proof.ProofHistory;
import dev.kept.server.run.Approvals;
import dev.kept.server.signin.Action;
import dev.kept.server.state.CanonicalJson;
import dev.kept.server.state.RunState;
import dev.kept.server.state.Served;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/** To read what else there is: verdicts, runs, what a key is good for. Nobody is in it. */
final class RecordRoutes {

    /** Where the last report lies. */
    private static final String REPORT = "/report/prove.json";

    /** Entries of proofs that are read. */
    static final int MOST_PROOFS = 90;

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final String COLUMNS =
            "select id, kind, store, state, as_of, started_at, ended_at from kept.run where true";

    private final Bureau bureau;

    RecordRoutes(Bureau bureau) {
        this.bureau = bureau;
    }

    List<Route> all() {
        return List.of(
                Route.get(
                        "/verdicts",
                        Action.SEE_PROMISES,
                        "verdicts",
                        "The verdict on every rule of the notice, by the last report; the whole of it is at " + REPORT
                                + ".",
                        Answers.VERDICTS,
                        this::verdicts),
                Route.get(
                        "/proofs",
                        Action.SEE_PROMISES,
                        "proofs",
                        "What each of the last proofs found, newest first.",
                        Answers.PROOFS,
                        asked -> proofs()),
                Route.get(
                                "/runs",
                                Action.SEE_SWEEPS,
                                "runs",
                                "Sweeps and other runs page by page, newest first; never whom one concerned.",
                                Answers.RUNS,
                                this::runs)
                        .taking(
                                may("kind", Shape.line(1, 40), "sweep, erase, correct"),
                                may("store", Shape.line(1, 200), ""),
                                may("state", Shape.words(RunState.values()), "`waiting`: for a second person's yes"),
                                RequestRoutes.LIMIT,
                                RequestRoutes.CURSOR),
                Route.get(
                        "/runs/{id}",
                        Action.SEE_SWEEPS,
                        "run",
                        "One run, with the rows it changed.",
                        Answers.RUN,
                        this::run),
                Route.get("/key", Action.SEE_OVERVIEW, "key", "What this key is good for.", Answers.KEY, this::key)
                        .forAnyKey());
    }

    private Answer verdicts(Asked asked) {
        Served.Made made = bureau.state()
                .served()
                .page(REPORT)
                .orElseThrow(() -> NotDone.of(ProblemType.NOT_FOUND, "the notice has not been proved yet"));
        Map<String, Object> report = Json.ours(made.page().body());
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("report", field(report, "id"));
        view.put("as-of", field(report, "asOf"));
        view.put("counts", field(report, "counts"));
        List<Map<String, Object>> promises = new ArrayList<>();
        if (report.get("promises") instanceof List<?> all) {
            for (Object one : all) {
                if (one instanceof Map<?, ?> promise) {
                    promises.add(Map.of(
                            "rule", String.valueOf(promise.get("path")),
                            "verdict", String.valueOf(promise.get("verdict"))));
                }
            }
        }
        view.put("promises", promises);
        return Answer.ok(view);
    }

    private Answer proofs() {
        return Answer.ok(Map.of(
                "proofs",
                new ProofHistory(bureau.state())
                        .latest(MOST_PROOFS).stream().map(RecordRoutes::view).toList()));
    }

    private static Map<String, Object> view(ProofHistory.Past proof) {
        Map<String, Object> counts = new LinkedHashMap<>();
        for (Verdict.Kind kind : Verdict.Kind.values()) {
            counts.put(kind.word(), proof.count(kind));
        }
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("at", proof.at().toString());
        view.put("entry", proof.entry());
        view.put("counts", counts);
        view.put("broken", proof.rules(Verdict.Kind.BROKEN));
        return view;
    }

    private static Object field(Map<String, Object> report, String name) {
        return Optional.ofNullable(report.get(name))
                .orElseThrow(() -> NotDone.of(ProblemType.NOT_FOUND, "the last report is of another form"));
    }

    private Answer runs(Asked asked) {
        Given query = asked.query();
        Optional<String> kind = query.word("kind");
        Optional<String> store = query.word("store");
        Optional<String> state = query.word("state");
        String list = "runs " + kind + store + state;
        int most = query.whole("limit", RequestRoutes.ROWS);
        StringBuilder sql = new StringBuilder(COLUMNS);
        Map<String, Object> values = new HashMap<>(Map.of("most", most + 1));
        kind.ifPresent(word -> filter(sql, values, "kind", word));
        store.ifPresent(word -> filter(sql, values, "store", word));
        state.ifPresent(word -> filter(sql, values, "state", word));
        query.word("cursor").ifPresent(cursor -> {
            sql.append(" and (started_at, id) < (:at, :id)");
            values.putAll(place(list, cursor));
        });
        sql.append(" order by started_at desc, id desc limit :most");
        List<Ran> rows = bureau.state()
                .database()
                .withHandle(handle -> handle.createQuery(sql)
                        .bindMap(values)
                        .map((row, context) -> read(row))
                        .list());
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("runs", rows.stream().limit(most).map(Ran::view).toList());
        if (rows.size() > most) {
            Ran last = rows.get(most - 1);
            page.put("next", Cursor.of(list, last.began().toString(), last.id().toString()));
        }
        return Answer.ok(page);
    }

    private static void filter(StringBuilder sql, Map<String, Object> values, String column, String word) {
        sql.append(" and ").append(column).append(" = :").append(column);
        values.put(column, word);
    }

    private static Map<String, Object> place(String list, String cursor) {
        try {
            return Cursor.read(list, cursor, 2)
                    .map(place -> Map.<String, Object>of(
                            "at", Instant.parse(place.get(0)).atOffset(ZoneOffset.UTC),
                            "id", UUID.fromString(place.get(1))))
                    .orElseThrow(RequestRoutes::noCursor);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw RequestRoutes.noCursor();
        }
    }

    private Answer run(Asked asked) {
        return run(bureau, id(asked).orElseThrow(() -> NotDone.of(ProblemType.NOT_FOUND)));
    }

    static Answer run(Bureau bureau, UUID id) {
        Ran ran = bureau.state()
                .database()
                .withHandle(handle -> handle.createQuery(COLUMNS + " and id = :id")
                        .bind("id", id)
                        .map((row, context) -> read(row))
                        .findOne())
                .orElseThrow(() -> NotDone.of(ProblemType.NOT_FOUND));
        Map<String, Object> view = ran.view();
        view.put("brakes", Approvals.brakes(bureau.state(), id));
        view.put("rows", changed(bureau, id));
        return Answer.ok(view);
    }

    /** The id in the path, where it is one. */
    static Optional<UUID> id(Asked asked) {
        return Optional.of(asked.parts().getFirst())
                .filter(text -> ID.matcher(text).matches())
                .map(UUID::fromString);
    }

    /** Rows changed, by table and by what was done. */
    private static Map<String, Map<String, Long>> changed(Bureau bureau, UUID run) {
        Map<String, Map<String, Long>> changed = new TreeMap<>();
        bureau.state()
                .database()
                .useHandle(handle -> handle.createQuery(
                                "select table_name, counts from kept.run_step where run = :run and state = 'applied'")
                        .bind("run", run)
                        .map((row, context) -> {
                            Map<String, Long> table =
                                    changed.computeIfAbsent(row.getString("table_name"), name -> new TreeMap<>());
                            CanonicalJson.read(row.getString("counts")).forEach((what, count) -> {
                                if (count instanceof Number number) {
                                    table.merge(what, number.longValue(), Long::sum);
                                }
                            });
                            return true;
                        })
                        .list());
        return changed;
    }

    /** A run without whom it concerned. */
    private record Ran(
            UUID id, String kind, String store, String state, Instant asOf, Instant began, Optional<Instant> ended) {

        Map<String, Object> view() {
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("id", id.toString());
            view.put("kind", kind);
            view.put("store", store);
            view.put("state", state);
            view.put("as-of", asOf.toString());
            view.put("began", began.toString());
            ended.ifPresent(at -> view.put("ended", at.toString()));
            return view;
        }
    }

    private static Ran read(ResultSet row) throws SQLException {
        return new Ran(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                row.getString("store"),
                row.getString("state"),
                row.getObject("as_of", OffsetDateTime.class).toInstant(),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    private Answer key(Asked asked) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("key", asked.holder().key().toString());
        view.put(
                "scopes",
                asked.holder().caller().actions().stream()
                        .map(Action::word)
                        .sorted()
                        .toList());
        return Answer.ok(view);
    }
}
