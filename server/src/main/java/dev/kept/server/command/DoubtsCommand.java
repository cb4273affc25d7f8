package dev.kept.server.command;

import dev.kept.core.datamap.BoundStore;
import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.Outcome;
import dev.kept.server.state.Doubts.Doubt;
import dev.kept.server.state.RunState;
import dev.kept.server.suppression.DecidedAlready;
import dev.kept.server.suppression.Deciding;
import dev.kept.server.suppression.Deciding.Decider;
import dev.kept.server.suppression.DoubtsDocument;
import dev.kept.stores.postgres.session.FaultPoints;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kept doubts}: persons who may be those who were erased; somebody decides. */
@Command(
        name = "doubts",
        description = {
            "Persons who may be those who were erased, or not: somebody has to decide. Without options, those that wait.",
        },
        mixinStandardHelpOptions = true)
public final class DoubtsCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private HomeOptions options = new HomeOptions();

    @Option(names = "--erase", paramLabel = "DOUBT", description = "it is she who was erased: erase her again")
    private @Nullable String erase;

    @Option(
            names = "--leave",
            paramLabel = "DOUBT",
            description = "it is not she, or she came back by herself: leave her alone")
    private @Nullable String leave;

    @Option(names = "--show", paramLabel = "DOUBT", description = "by which key the person is found in the store")
    private @Nullable String show;

    @Option(names = "--operator", paramLabel = "NAME", description = "who decides; kept in the private log only")
    private @Nullable String operator;

    @Option(names = "--checked", paramLabel = "TEXT", description = "what was looked at; kept in the private log only")
    private @Nullable String checked;

    @Override
    public Integer call() {
        Output output = new Output(Objects.requireNonNull(spec).commandLine().getOut());
        try (Home home = options.obeyed()) {
            if (erase != null) {
                return erase(output, home, found(home, erase));
            }
            if (leave != null) {
                Doubt doubt = found(home, leave);
                new Deciding(home.state(), FaultPoints.NONE).leave(doubt, who());
                output.line("left alone; nobody is asked about her again");
                return ExitCode.OK;
            }
            if (show != null) {
                Doubt doubt = found(home, show);
                output.line(doubt.kind() + ": " + String.join(", ", doubt.key()));
                return ExitCode.OK;
            }
            return list(output, home);
        } catch (DecidedAlready e) {
            throw new CannotRun(String.valueOf(e.getMessage()), "kept doubts lists those that wait", e);
        }
    }

    private int list(Output output, Home home) {
        options.store().ifPresent(name -> home.store(Optional.of(name)));
        List<Doubt> open = home.state().doubts().open(options.store(), DoubtsDocument.MOST);
        if (options.json()) {
            output.json(DoubtsDocument.of(open));
            return ExitCode.OK;
        }
        if (open.isEmpty()) {
            output.line("Nobody is doubtful.");
        }
        open.forEach(doubt -> output.line(doubt.id() + "  " + doubt.store() + "  " + doubt.kind() + "  "
                + DoubtsDocument.why(doubt) + "  since " + doubt.foundAt()));
        return ExitCode.OK;
    }

    private int erase(Output output, Home home, Doubt doubt) throws DecidedAlready {
        BoundStore store = home.store(Optional.of(doubt.store()));
        LiveStore live = LiveStore.evenIsolated(home, store);
        Outcome outcome = new Deciding(home.state(), FaultPoints.NONE).erase(doubt, live, who());
        output.line(
                outcome.state() == RunState.DONE
                        ? "erased again, run " + outcome.run()
                        : "erased in part, run " + outcome.run()
                                + ": of some of her data it is not known whether its use has ended; she is still asked about");
        return ErasureReport.exit(outcome.state());
    }

    private Decider who() {
        if (operator == null || checked == null || checked.isBlank()) {
            throw new CannotRun(
                    "who decides, and what was looked at, has to be said",
                    "--operator NAME --checked \"asked her by letter\"");
        }
        return Decider.of(Operator.named(operator, checked), "engineer");
    }

    private static Doubt found(Home home, String id) {
        Optional<UUID> number;
        try {
            number = Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            number = Optional.empty();
        }
        return number.flatMap(home.state().doubts()::find)
                .orElseThrow(() -> new CannotRun("no such doubt waits", "kept doubts lists them"));
    }
}
