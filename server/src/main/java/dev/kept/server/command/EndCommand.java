package dev.kept.server.command;

import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.Ended;
import dev.kept.server.run.EndingService;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.server.run.PersonStores;
import dev.kept.server.run.PersonStores.Hit;
import dev.kept.server.run.RunService;
import dev.kept.server.run.RunService.Erasure;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kept end}: consents withdrawn (Art. 7(3)) and objections that count (Art. 21), for one person or a file of many, in every store. */
@Command(
        name = "end",
        description = {
            "End uses for persons, named one a line on standard input or in a file: `email: anna@example.org`.",
            "A consent withdrawn, an objection to direct marketing, one that was weighed and upheld."
        },
        mixinStandardHelpOptions = true)
public final class EndCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private HomeOptions options = new HomeOptions();

    @Mixin
    private OperatorOptions operator = new OperatorOptions();

    @Mixin
    private PersonOptions persons = new PersonOptions();

    @Option(
            names = "--use",
            required = true,
            paramLabel = "USE",
            description = "the use that ends for them, by its name in the notice; give it again for more")
    private List<String> uses = new ArrayList<>();

    @Option(names = "--dry-run", description = "say what would be written and forgotten, and do nothing")
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
                    PersonStores.open(stores, store -> runs.open(store, SessionOptions.forPersons("kept end")))) {
                int worst = dryRun
                        ? ExitCode.OK
                        : PersonWork.finishBroken(output, options.json(), documents, runs, places, progress);
                Map<Named, List<Hit>> found = PersonWork.find(places, named, "nothing was ended");
                boolean many = found.size() > 1 || stores.size() > 1;
                for (Map.Entry<Named, List<Hit>> person : found.entrySet()) {
                    worst = Math.max(
                            worst, end(output, documents, home, person.getKey(), person.getValue(), many, progress));
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

    private int end(
            Output output,
            List<Object> documents,
            Home home,
            Named person,
            List<Hit> hits,
            boolean many,
            ProgressLine progress) {
        if (hits.isEmpty()) {
            return PersonWork.absent(output, options.json(), documents, person);
        }
        EndingService endings = new EndingService(home.state(), home.clock(), FaultPoints.NONE);
        SortedSet<String> ending = new TreeSet<>(uses);
        List<Erasure> everywhere = hits.stream()
                .map(hit -> new Erasure(
                        hit.place().store(), hit.place().session(), hit.found().keys()))
                .toList();
        List<Ended> ended = dryRun
                ? List.of()
                : endings.end(
                        everywhere,
                        ending,
                        home.clock().instant(),
                        operator.operator(),
                        RunOptions.defaults(),
                        progress);
        EndingReport report = new EndingReport(output, ending);
        int worst = ExitCode.OK;
        for (int i = 0; i < hits.size(); i++) {
            Hit hit = hits.get(i);
            LiveStore store = hit.place().store();
            if (!options.json() && many) {
                output.line(output.bold("line " + person.line() + ", store `" + store.name() + "`"));
            }
            if (options.json()) {
                documents.add(PersonWork.lined(
                        person,
                        dryRun
                                ? report.dry(store, hit.found(), endings.dryRun(everywhere.get(i), ending))
                                : report.document(store, hit.found(), ended.get(i))));
            } else if (dryRun) {
                report.printDry(store, hit.found(), endings.dryRun(everywhere.get(i), ending));
            } else {
                report.print(hit.found(), ended.get(i));
            }
            worst = dryRun || ended.get(i).done() ? worst : ExitCode.PROBLEMS;
        }
        return worst;
    }
}
