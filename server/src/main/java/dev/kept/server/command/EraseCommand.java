package dev.kept.server.command;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.lifecycle.Plan;
import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.Finding;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Outcome;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.server.run.Planning;
import dev.kept.server.run.RunService;
import dev.kept.server.state.RunState;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreSession;
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

/** {@code kept erase}: a request for erasure carried out (Art. 17), for one person or a file of many. */
@Command(
        name = "erase",
        description = {
            "Erase persons, named one a line on standard input or in a file: `email: anna@example.org`.",
            "Other people's data is never touched; what stays is named with its ground."
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
        List<Named> named = persons.read();
        try (Home home = options.open();
                ProgressLine progress = new ProgressLine(command.commandLine().getErr())) {
            BoundStore store = home.store(options.store());
            LiveStore live = LiveStore.open(store, home.places(store), home.source(store));
            RunService runs = new RunService(home.state(), home.clock(), FaultPoints.NONE);
            int worst = ExitCode.OK;
            try (StoreSession session = runs.open(live, SessionOptions.forPersons("kept erase"))) {
                runs.finishBroken(live, session, RunOptions.defaults(), progress);
                for (Named person : named) {
                    worst = Math.max(worst, erase(output, home, live, runs, session, person, progress));
                }
            } catch (StoreException e) {
                throw new CannotRun(
                        e.getMessage(), e.attempt().isEmpty() ? "run the same command again" : e.attempt(), e);
            }
            return worst;
        }
    }

    private int erase(
            Output output,
            Home home,
            LiveStore live,
            RunService runs,
            StoreSession session,
            Named person,
            ProgressLine progress) {
        Map<String, List<List<String>>> keys = Finding.keys(live, session.connection(), person);
        if (keys.isEmpty()) {
            output.line("line " + person.line() + ": nobody of that name is held in `" + live.name()
                    + "`; already absent is success");
            return ExitCode.OK;
        }
        if (dryRun) {
            Plan plan = new Planning(home.state()).erasure(live, home.clock().instant(), keys);
            Reports.dryRun(output, options.json(), live, plan, runs.look(live, session, plan));
            return ExitCode.OK;
        }
        Outcome outcome = runs.erase(live, session, keys, operator.operator(), RunOptions.defaults(), progress);
        Reports.erase(output, options.json(), live, outcome);
        return outcome.state() == RunState.DONE ? ExitCode.OK : ExitCode.PROBLEMS;
    }
}
