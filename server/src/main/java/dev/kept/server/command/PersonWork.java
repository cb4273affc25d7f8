package dev.kept.server.command;

import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Outcome;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.server.run.PersonStores;
import dev.kept.server.run.PersonStores.Hit;
import dev.kept.server.run.PersonStores.Place;
import dev.kept.server.run.RunService;
import dev.kept.server.state.RunState;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** What commands that do something for named persons in every store have in common. */
final class PersonWork {

    private static final int PROBLEMS_SHOWN = 20;

    private PersonWork() {}

    /**
     * What a command is about.
     *
     * @param application as the databases see it: {@code kept erase}
     * @param nothingDone how an error begins where a name fits nobody: {@code nobody was erased}
     * @param dryRun whether nothing is done, so that what broke off is left alone, too
     */
    record About(String application, String nothingDone, boolean dryRun) {}

    /**
     * What a command works with, while it works.
     *
     * @param documents what `--json` prints at the end
     * @param many whether it has to be said of whom and where something is told
     */
    record Tools(
            Output output, List<Object> documents, Home home, RunService runs, boolean many, ProgressLine progress) {}

    /** What is done for one person; answers an exit code. */
    interface Doing {
        int forOne(Named person, List<Hit> hits, Tools tools);
    }

    /** Opens every store, finishes what broke off, finds everybody, and does it for each; answers the worst exit code. */
    static int forEach(CommandSpec command, HomeOptions options, List<Named> named, About about, Doing doing) {
        Output output = new Output(command.commandLine().getOut());
        List<Object> documents = new ArrayList<>();
        try (Home home = options.obeyed();
                ProgressLine progress = new ProgressLine(command.commandLine().getErr())) {
            RunService runs = new RunService(home.state(), home.clock(), FaultPoints.NONE);
            List<LiveStore> stores = home.stores(options.store()).stream()
                    .map(store -> LiveStore.open(store, home.places(store), home.source(store)))
                    .toList();
            try (PersonStores places = PersonStores.open(
                    stores, store -> runs.open(store, SessionOptions.forPersons(about.application())))) {
                int worst = about.dryRun()
                        ? ExitCode.OK
                        : finishBroken(output, options.json(), documents, runs, places, progress);
                Map<Named, List<Hit>> found = find(places, named, about.nothingDone());
                Tools tools = new Tools(output, documents, home, runs, found.size() > 1 || stores.size() > 1, progress);
                for (Map.Entry<Named, List<Hit>> person : found.entrySet()) {
                    List<Hit> hits = person.getValue();
                    int code = hits.isEmpty()
                            ? absent(output, options.json(), documents, person.getKey())
                            : doing.forOne(person.getKey(), hits, tools);
                    worst = Math.max(worst, code);
                }
                return worst;
            } catch (StoreException e) {
                throw new CannotRun(
                        e.getMessage(), e.attempt().isEmpty() ? "run the same command again" : e.attempt(), e);
            } finally {
                if (options.json()) {
                    output.json(documents);
                }
            }
        }
    }

    /** Runs that broke off come first, also those of persons whom nothing leads to any more. */
    private static int finishBroken(
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
    private static Map<Named, List<Hit>> find(PersonStores places, List<Named> named, String nothingDone) {
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
    private static int absent(Output output, boolean json, List<Object> documents, Named person) {
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
