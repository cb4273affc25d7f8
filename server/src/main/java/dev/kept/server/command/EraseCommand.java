package dev.kept.server.command;

import dev.kept.core.lifecycle.Plan;
import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.Grounds;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Outcome;
import dev.kept.server.run.Outcome.Stay;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.server.run.PersonStores;
import dev.kept.server.run.PersonStores.Hit;
import dev.kept.server.run.PersonStores.Place;
import dev.kept.server.run.Planning;
import dev.kept.server.run.RunService;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kept erase}: a request for erasure carried out (Art. 17), for one person or a file of many, in every store. */
@Command(
        name = "erase",
        description = {
            "Erase persons, named one a line on standard input or in a file: `email: anna@example.org`.",
            "Other people's data is never touched; what stays is named with its ground and its end."
        },
        mixinStandardHelpOptions = true)
public final class EraseCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private HomeOptions options = new HomeOptions();

    @Mixin
    private OperatorOptions operator = new OperatorOptions();

    @Mixin
    private PersonOptions persons = new PersonOptions();

    @Option(names = "--dry-run", description = "say what an erasure would do, and do nothing")
    private boolean dryRun;

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        Output output = new Output(command.commandLine().getOut());
        operator.operator();
        List<Named> named = persons.read();
        List<Object> documents = new ArrayList<>();
        try (Home home = options.obeyed();
                ProgressLine progress = new ProgressLine(command.commandLine().getErr())) {
            RunService runs = new RunService(home.state(), home.clock(), FaultPoints.NONE);
            List<LiveStore> stores = home.stores(options.store()).stream()
                    .map(store -> LiveStore.open(store, home.places(store), home.source(store)))
                    .toList();
            try (PersonStores places =
                    PersonStores.open(stores, store -> runs.open(store, SessionOptions.forPersons("kept erase")))) {
                int worst = dryRun
                        ? ExitCode.OK
                        : PersonWork.finishBroken(output, options.json(), documents, runs, places, progress);
                Map<Named, List<Hit>> found = PersonWork.find(places, named, "nobody was erased");
                for (Map.Entry<Named, List<Hit>> person : found.entrySet()) {
                    worst = Math.max(
                            worst,
                            erase(
                                    output,
                                    documents,
                                    home,
                                    runs,
                                    person.getKey(),
                                    person.getValue(),
                                    found.size() > 1 || stores.size() > 1,
                                    progress));
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

    private int erase(
            Output output,
            List<Object> documents,
            Home home,
            RunService runs,
            Named person,
            List<Hit> hits,
            boolean many,
            ProgressLine progress) {
        if (hits.isEmpty()) {
            return PersonWork.absent(output, options.json(), documents, person);
        }
        List<Outcome> outcomes = dryRun ? List.of() : erase(runs, hits, progress);
        int worst = ExitCode.OK;
        for (int i = 0; i < hits.size(); i++) {
            Hit hit = hits.get(i);
            if (!options.json() && many) {
                output.line(output.bold("line " + person.line() + ", store `"
                        + hit.place().store().name() + "`"));
            }
            worst = Math.max(
                    worst,
                    dryRun
                            ? preview(output, documents, home, runs, person, hit)
                            : report(output, documents, person, hit, outcomes.get(i)));
        }
        return worst;
    }

    private List<Outcome> erase(RunService runs, List<Hit> hits, ProgressLine progress) {
        List<RunService.Erasure> everywhere = hits.stream()
                .map(hit -> new RunService.Erasure(
                        hit.place().store(), hit.place().session(), hit.found().keys()))
                .toList();
        return runs.erase(everywhere, operator.operator(), RunOptions.defaults(), progress);
    }

    private int preview(Output output, List<Object> documents, Home home, RunService runs, Named person, Hit hit) {
        LiveStore store = hit.place().store();
        Plan plan = new Planning(home.state())
                .erasure(store, home.clock().instant(), hit.found().keys())
                .plan();
        LookResult look = runs.look(store, hit.place().session(), plan);
        List<Stay> stays = Grounds.of(store.bound(), plan, look);
        if (options.json()) {
            documents.add(PersonWork.lined(person, ErasureReport.dry(store, hit.found(), plan, look, stays)));
        } else {
            new ErasureReport(output).printDry(store, hit.found(), plan, look, stays);
        }
        return ExitCode.OK;
    }

    private int report(Output output, List<Object> documents, Named person, Hit hit, Outcome outcome) {
        Place place = hit.place();
        boolean findable = outcome.stays().isEmpty() || place.findable(hit.found());
        if (options.json()) {
            documents.add(
                    PersonWork.lined(person, ErasureReport.document(place.store(), hit.found(), outcome, findable)));
        } else {
            new ErasureReport(output).print(place.store(), hit.found(), outcome, findable);
        }
        return ErasureReport.exit(outcome.state());
    }
}
