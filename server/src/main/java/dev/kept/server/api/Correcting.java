package dev.kept.server.api;

import dev.kept.core.rights.request.NotAllowed;
import dev.kept.core.source.Problem;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.request.Rectifying.Rectified;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.run.Corrected;
import dev.kept.server.run.LiveStore;
import dev.kept.server.state.CanonicalJson;
import dev.kept.stores.postgres.correct.Found;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Corrections (Art. 16): tables, columns and counts are answered, never a value. */
final class Correcting {

    private final Bureau bureau;

    Correcting(Bureau bureau) {
        this.bureau = bureau;
    }

    Answer correct(Asked asked) {
        Given body = asked.body();
        StoredRequest stored = RequestRoutes.find(bureau, asked);
        asked.fresh(stored);
        LiveStore store = bureau.store(body.text("store"))
                .orElseThrow(() -> NotDone.flawed(
                        ProblemType.INVALID_BODY, List.of(Flaw.at("/store", "is no store of the notice", ""))));
        boolean dry = body.yes("dry-run");
        try {
            Rectified rectified = bureau.office()
                    .rectifying(asked.noted())
                    .correct(
                            stored,
                            store,
                            "set: " + body.json("set") + "\n",
                            dry,
                            asked.actor("corrected for a request"));
            return Answer.ok(view(rectified));
        } catch (NotAllowed e) {
            throw NotDone.of(ProblemType.NOT_POSSIBLE, e.getMessage() == null ? "" : e.getMessage());
        } catch (CannotRun e) {
            throw Bureau.unavailable(store.name());
        }
    }

    /** What was carried out, where nobody was answered when it was: as the ledger has it. */
    Answer again(UUID run) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("state", RequestViews.word(Corrected.State.DONE));
        view.put("run", run.toString());
        view.put("problems", List.of());
        Map<String, Object> evidence = bureau.state().journal().of(run).stream()
                .map(entry -> CanonicalJson.read(entry.json()))
                .filter(entry -> entry.containsKey("changed"))
                .findFirst()
                .orElse(Map.of());
        view.put("changes", places(evidence.get("changed")));
        view.put("left", places(evidence.get("left")));
        view.put(
                "tell",
                TaskView.several(evidence.get("rules")).stream()
                        .map(String::valueOf)
                        .filter(rule -> rule.startsWith("shares."))
                        .toList());
        return Answer.ok(view);
    }

    /** Counts by column, as the evidence has them: {@code customers.email}, {@code profiles.doc $.email}. */
    private static List<Map<String, Object>> places(@Nullable Object counts) {
        List<Map<String, Object>> places = new ArrayList<>();
        if (counts instanceof Map<?, ?> all) {
            all.forEach((name, rows) -> {
                String id = String.valueOf(name);
                int path = id.indexOf(" $.");
                int dot = id.lastIndexOf('.', path < 0 ? id.length() : path);
                long count = rows instanceof Number number ? number.longValue() : 0;
                places.add(place(id.substring(0, dot), id.substring(dot + 1), count));
            });
        }
        return places;
    }

    private static Map<String, Object> view(Rectified rectified) {
        Map<String, Object> view = new LinkedHashMap<>();
        Optional<Corrected> corrected = rectified.corrected();
        view.put(
                "state", corrected.map(Corrected::state).map(RequestViews::word).orElse("refused"));
        corrected.flatMap(Corrected::run).ifPresent(run -> view.put("run", run.toString()));
        view.put(
                "problems",
                rectified.problems().stream().map(Correcting::problem).toList());
        List<Found.Counted> changes =
                corrected.map(done -> done.found().changes()).orElse(List.of());
        List<Found.Left> left = corrected.map(done -> done.found().left()).orElse(List.of());
        view.put("changes", changes.stream().map(Correcting::change).toList());
        view.put("left", left.stream().map(Correcting::left).toList());
        view.put(
                "tell",
                corrected.map(Corrected::recipients).orElse(List.of()).stream()
                        .map(share -> share.path())
                        .toList());
        return view;
    }

    private static Map<String, Object> problem(Problem problem) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("code", problem.code());
        view.put("detail", problem.message());
        if (!problem.attempt().isEmpty()) {
            view.put("try", problem.attempt());
        }
        return view;
    }

    private static Map<String, Object> change(Found.Counted one) {
        Map<String, Object> view = place(one.table().toString(), one.column(), one.rows());
        view.put("why", RequestViews.word(one.why()));
        return view;
    }

    private static Map<String, Object> left(Found.Left one) {
        Map<String, Object> view = place(one.table().toString(), one.column(), one.rows());
        if (!one.reason().isEmpty()) {
            view.put("stays", one.reason());
        }
        return view;
    }

    private static Map<String, Object> place(String table, String column, long rows) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("table", table);
        view.put("column", column);
        view.put("rows", rows);
        return view;
    }
}
