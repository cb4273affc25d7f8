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
            Output output,
            boolean json,
            List<Object> documents,
            Home home,
            RunService runs,
            boolean many,
            ProgressLine progress) {}

    /** What is done for one person; answers an exit code. */
    interface Doing {
        int forOne(Named person, List<Hit> hits, Tools tools);
    }

    /** What is done for several at once, in the order in which they were named; who has no hit is in no store. Answers an exit code. */
    interface DoingTogether {
        int forSome(Map<Named, List<Hit>> people, Tools tools);
    }

    /** Opens every store, finishes what broke off, finds everybody, and does it for each; answers the worst exit code. */
    static int forEach(CommandSpec command, HomeOptions options, List<Named> named, About about, Doing doing) {
        return inGroups(command, options, named, about, 1, (people, tools) -> {
            int worst = ExitCode.OK;
            for (Map.Entry<Named, List<Hit>> person : people.entrySet()) {
                int code = person.getValue().isEmpty()
                        ? absent(tools, person.getKey())
                        : doing.forOne(person.getKey(), person.getValue(), tools);
                worst = Math.max(worst, code);
            }
            return worst;
        });
    }

    /** The same for groups of at most so many persons, none of whom is in a group twice. */
    static int inGroups(
            CommandSpec command, HomeOptions options, List<Named> named, About about, int most, DoingTogether doing) {
        Output output = new Output(command.commandLine().getOut());
        List<Object> documents = new ArrayList<>();
        try (Home home = options.obeyed();
                ProgressLine progress = new ProgressLine(command.commandLine().getErr())) {
            RunService runs = new RunService(home.state(), home.clock(), FaultPoints.NONE);
            List<LiveStore> stores = home.stores(options.store()).stream()
                    .map(store -> LiveStore.open(home, store))
                    .toList();
            try (PersonStores places = PersonStores.open(
                    stores, store -> runs.open(store, SessionOptions.forPersons(about.application())))) {
                int worst = about.dryRun()
                        ? ExitCode.OK
                        : finishBroken(output, options.json(), documents, runs, places, progress);
                Map<Named, List<Hit>> found = find(places, named, about.nothingDone());
                Tools tools = new Tools(
                        output, options.json(), documents, home, runs, found.size() > 1 || stores.size() > 1, progress);
                int done = 0;
                for (Map<Named, List<Hit>> people : PersonGroups.of(found, most)) {
                    progress.persons(done, found.size());
                    worst = Math.max(worst, doing.forSome(people, tools));
                    done += people.size();
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
    static int absent(Tools tools, Named person) {
        tools.documents().add(Map.of("line", person.line(), "state", "absent"));
        if (!tools.json()) {
            tools.output()
                    .line("line " + person.line()
                            + ": nobody of that name is held in any store; already absent is success");
        }
        return ExitCode.OK;
    }

    /** Of whom and where something is told, where that is not clear. */
    static void heading(Tools tools, Named person, Hit hit) {
        if (!tools.json() && tools.many()) {
            tools.output()
                    .line(tools.output()
                            .bold("line " + person.line() + ", store `"
                                    + hit.place().store().name() + "`"));
        }
    }

    static Map<String, Object> lined(Named person, Map<String, Object> document) {
        Map<String, Object> lined = new LinkedHashMap<>();
        lined.put("line", person.line());
        lined.putAll(document);
        return lined;
    }
}
