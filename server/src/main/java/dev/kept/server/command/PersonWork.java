package dev.kept.server.command;

import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.Outcome;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.server.run.PersonStores;
import dev.kept.server.run.PersonStores.Hit;
import dev.kept.server.run.PersonStores.Place;
import dev.kept.server.run.RunService;
import dev.kept.server.state.RunState;
import dev.kept.stores.postgres.run.RunOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What commands that do something for named persons in every store have in common. */
final class PersonWork {

    private static final int PROBLEMS_SHOWN = 20;

    private PersonWork() {}

    /** Runs that broke off come first, also those of persons whom nothing leads to any more. */
    static int finishBroken(
            Output output,
            boolean json,
            List<Object> documents,
            RunService runs,
            PersonStores places,
            ProgressLine progress) {
        int worst = ExitCode.OK;
        for (Place place : places.places()) {
            List<Outcome> finished = runs.finishBroken(place.store(), place.session(), RunOptions.defaults(), progress);
            for (Outcome outcome : finished) {
                if (json) {
                    documents.add(Reports.document(place.store(), outcome));
                } else {
                    Reports.finishedFirst(output, outcome);
                }
                worst = outcome.state() == RunState.FAILED ? ExitCode.PROBLEMS : worst;
            }
        }
        return worst;
    }

    /**
     * Everybody is found before anything is done for anybody: a name that fits nobody's finder, or several persons, stops all.
     *
     * @param nothingDone how the error begins: {@code nobody was erased}
     */
    static Map<Named, List<Hit>> find(PersonStores places, List<Named> named, String nothingDone) {
        Map<Named, List<Hit>> found = new LinkedHashMap<>();
        List<CannotRun> problems = new ArrayList<>();
        for (Named person : named) {
            try {
                found.put(person, places.find(person));
            } catch (CannotRun e) {
                problems.add(e);
            }
        }
        if (!problems.isEmpty()) {
            throw new CannotRun(
                    nothingDone + ": "
                            + problems.stream()
                                    .limit(PROBLEMS_SHOWN)
                                    .map(CannotRun::problem)
                                    .collect(Collectors.joining("; "))
                            + (problems.size() > PROBLEMS_SHOWN
                                    ? "; and " + (problems.size() - PROBLEMS_SHOWN) + " more"
                                    : ""),
                    problems.getFirst().advice());
        }
        return found;
    }

    /** No store knows her. */
    static int absent(Output output, boolean json, List<Object> documents, Named person) {
        documents.add(Map.of("line", person.line(), "state", "absent"));
        if (!json) {
            output.line(
                    "line " + person.line() + ": nobody of that name is held in any store; already absent is success");
        }
        return ExitCode.OK;
    }

    static Map<String, Object> lined(Named person, Map<String, Object> document) {
        Map<String, Object> lined = new LinkedHashMap<>();
        lined.put("line", person.line());
        lined.putAll(document);
        return lined;
    }
}
