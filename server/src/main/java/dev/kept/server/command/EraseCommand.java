package dev.kept.server.command;

import dev.kept.core.lifecycle.Plan;
import dev.kept.server.command.PersonWork.Tools;
import dev.kept.server.run.Grounds;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Outcome.Stay;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.server.run.PersonStores.Hit;
import dev.kept.server.run.Planning;
import dev.kept.stores.postgres.look.LookResult;
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
        CommandSpec command = Objects.requireNonNull(spec);
        return dryRun
                ? PersonWork.forEach(command, options, persons.read(), about, this::preview)
                : PersonWork.inGroups(
                        command,
                        options,
                        persons.read(),
                        about,
                        ErasureGroup.MOST_PERSONS,
                        (people, tools) -> new ErasureGroup(tools, operator.operator()).erase(people));
    }

    private int preview(Named person, List<Hit> hits, Tools tools) {
        for (Hit hit : hits) {
            PersonWork.heading(tools, person, hit);
            preview(tools, person, hit);
        }
        return ExitCode.OK;
    }

    private void preview(Tools tools, Named person, Hit hit) {
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
    }
}
