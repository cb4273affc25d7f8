package dev.kept.server.command;

import dev.kept.server.command.PersonWork.Tools;
import dev.kept.server.configuration.Home;
import dev.kept.server.run.Ended;
import dev.kept.server.run.EndingService;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.server.run.PersonStores.Hit;
import dev.kept.server.run.RunService.Erasure;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.session.FaultPoints;
import java.util.ArrayList;
import java.util.List;
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
        operator.operator();
        PersonWork.About about = new PersonWork.About("kept end", "nothing was ended", dryRun);
        return PersonWork.forEach(Objects.requireNonNull(spec), options, persons.read(), about, this::end);
    }

    private int end(Named person, List<Hit> hits, Tools tools) {
        Home home = tools.home();
        Output output = tools.output();
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
                        tools.progress());
        EndingReport report = new EndingReport(output, ending);
        int worst = ExitCode.OK;
        for (int i = 0; i < hits.size(); i++) {
            Hit hit = hits.get(i);
            LiveStore store = hit.place().store();
            if (!options.json() && tools.many()) {
                output.line(output.bold("line " + person.line() + ", store `" + store.name() + "`"));
            }
            if (options.json()) {
                tools.documents()
                        .add(PersonWork.lined(
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
