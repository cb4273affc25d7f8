package dev.kept.server.command;

import dev.kept.core.lifecycle.Plan;
import dev.kept.server.command.PersonWork.Tools;
import dev.kept.server.run.Grounds;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Outcome;
import dev.kept.server.run.Outcome.Stay;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.server.run.PersonStores.Hit;
import dev.kept.server.run.PersonStores.Place;
import dev.kept.server.run.Planning;
import dev.kept.server.run.RunService;
import dev.kept.stores.postgres.look.LookResult;
import dev.kept.stores.postgres.run.RunOptions;
import java.util.List;
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
        operator.operator();
        PersonWork.About about = new PersonWork.About("kept erase", "nobody was erased", dryRun);
        return PersonWork.forEach(Objects.requireNonNull(spec), options, persons.read(), about, this::erase);
    }

    private int erase(Named person, List<Hit> hits, Tools tools) {
        List<Outcome> outcomes = dryRun ? List.of() : erase(tools.runs(), hits, tools.progress());
        int worst = ExitCode.OK;
        for (int i = 0; i < hits.size(); i++) {
            Hit hit = hits.get(i);
            if (!options.json() && tools.many()) {
                tools.output()
                        .line(tools.output()
                                .bold("line " + person.line() + ", store `"
                                        + hit.place().store().name() + "`"));
            }
            worst = Math.max(worst, dryRun ? preview(tools, person, hit) : report(tools, person, hit, outcomes.get(i)));
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

    private int preview(Tools tools, Named person, Hit hit) {
        LiveStore store = hit.place().store();
        Plan plan = new Planning(tools.home().state())
                .erasure(store, tools.home().clock().instant(), hit.found().keys())
                .plan();
        LookResult look = tools.runs().look(store, hit.place().session(), plan);
        List<Stay> stays = Grounds.of(store.bound(), plan, look);
        if (options.json()) {
            tools.documents().add(PersonWork.lined(person, ErasureReport.dry(store, hit.found(), plan, look, stays)));
        } else {
            new ErasureReport(tools.output()).printDry(store, hit.found(), plan, look, stays);
        }
        return ExitCode.OK;
    }

    private int report(Tools tools, Named person, Hit hit, Outcome outcome) {
        Place place = hit.place();
        boolean findable = outcome.stays().isEmpty() || place.findable(hit.found());
        if (options.json()) {
            tools.documents()
                    .add(PersonWork.lined(
                            person, ErasureReport.document(place.store(), hit.found(), outcome, findable)));
        } else {
            new ErasureReport(tools.output()).print(place.store(), hit.found(), outcome, findable);
        }
        return ErasureReport.exit(outcome.state());
    }
}
