package dev.kept.server.command;

import dev.kept.server.api.ApiRoom;
import dev.kept.server.centre.Centre;
import dev.kept.server.centre.SignedIn;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import dev.kept.server.confirm.ConfirmRoom;
import dev.kept.server.confirm.ContactRoom;
import dev.kept.server.console.Console;
import dev.kept.server.http.Premises;
import dev.kept.server.http.Room;
import dev.kept.server.http.Serving;
import dev.kept.server.request.Office;
import dev.kept.server.signin.Role;
import dev.kept.server.signin.SignInLinks;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kept serve [DIR]}: the notice, the report and the ledger over HTTP, until it is told to stop. */
@Command(
        name = "serve",
        description =
                "Serve the published notice, the report and the ledger over HTTP; proves the notice now and then.",
        mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {

    private static final int LARGEST_PORT = 65_535;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private FolderArgument folder = new FolderArgument();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "address to listen on (default: ${DEFAULT-VALUE}); TLS is for the proxy in front")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8480",
            description = "port to listen on, 0 for any that is free (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--prove-every",
            paramLabel = "MINUTES",
            defaultValue = "60",
            description = "how often the notice is proved, 0 for never by this process (default: ${DEFAULT-VALUE})")
    private long proveEvery;

    @Override
    public Integer call() throws InterruptedException {
        CommandSpec command = Objects.requireNonNull(spec);
        Output output = new Output(command.commandLine().getOut());
        if (port < 0 || port > LARGEST_PORT) {
            throw new ParameterException(command.commandLine(), "`--port` is from 0 to " + LARGEST_PORT);
        }
        if (proveEvery < 0) {
            throw new ParameterException(command.commandLine(), "`--prove-every` is 0 or more");
        }
        try (Home home = Home.obeyed(folder.path(), new Environment(System.getenv()), InstantSource.system())) {
            PrintWriter errors = command.commandLine().getErr();
            Serving.Plan plan = new Serving.Plan(host, port, Duration.ofMinutes(proveEvery), Office::new);
            serve(home, folder.path(), plan, ServeCommand::rooms, output, errors);
        }
        return ExitCode.OK;
    }

    /** Every part of the site that acts. */
    public static List<Room> rooms(Premises premises) {
        return List.of(
                new ConfirmRoom(premises),
                new ContactRoom(premises),
                new Centre(premises),
                new SignedIn(premises),
                new Console(premises, Office::new),
                new ApiRoom(premises, Office::new));
    }

    /** What a first run prints, before anybody can sign in otherwise. */
    private static void firstLink(Home home, int port, Output output) {
        SignInLinks links = new SignInLinks(home.state());
        if (home.settings().signIn().isEmpty() && links.neverUsed()) {
            String site = home.settings().serve().address().orElse("http://127.0.0.1:" + port);
            output.line("Staff sign in, once within " + SignInLinks.LIVES.toMinutes() + " minutes, at " + site
                    + SignInCommand.path(links.issue("first sign-in", Set.of(Role.OFFICER))));
        }
    }

    /** Serves until the process is told to stop; what is under way then ends first, and the databases are closed last. */
    static void serve(
            Home home,
            Path folder,
            Serving.Plan plan,
            Function<Premises, List<Room>> rooms,
            Output output,
            PrintWriter errors)
            throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        try (Serving serving = Serving.start(home, folder, plan, rooms, errors::println)) {
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                serving.close();
                home.close();
            }));
            output.line("Serving http://" + plan.host() + ":" + serving.port()
                    + "/notice, /report, /ledger/checkpoint and /console; Ctrl-C stops.");
            firstLink(home, serving.port(), output);
            never.await();
        }
    }
}
