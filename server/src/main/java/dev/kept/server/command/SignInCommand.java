package dev.kept.server.command;

import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.Operator;
import dev.kept.server.signin.Role;
import dev.kept.server.signin.SignInLinks;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kept sign-in}: ways into the console for who runs Kept. */
@Command(
        name = "sign-in",
        description = "Ways into the console of a `kept serve` on the same database.",
        mixinStandardHelpOptions = true,
        subcommands = SignInCommand.Link.class)
public final class SignInCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        command.commandLine().usage(command.commandLine().getOut());
        return ExitCode.OK;
    }

    /** Where a link leads, below the site's address. */
    static String path(String secret) {
        return "/console/sign-in/link/" + secret;
    }

    /** {@code kept sign-in link}: a link that signs in once. */
    @Command(
            name = "link",
            description = "Print a link that signs a member of staff in once, within a quarter of an hour.",
            mixinStandardHelpOptions = true)
    static final class Link implements Callable<Integer> {

        @Spec
        private @Nullable CommandSpec spec;

        @Mixin
        private HomeOptions options = new HomeOptions();

        @Option(
                names = "--operator",
                required = true,
                paramLabel = "NAME",
                description = "who signs in; kept in the private log and the session only")
        private String operator = "";

        @Option(
                names = "--role",
                split = ",",
                paramLabel = "ROLE",
                defaultValue = "officer",
                description = "officer, engineer, auditor, support, or several (default: ${DEFAULT-VALUE})")
        private List<String> roles = List.of();

        @Override
        public Integer call() {
            Output output =
                    new Output(Objects.requireNonNull(spec).commandLine().getOut());
            Set<Role> held = EnumSet.noneOf(Role.class);
            for (String word : roles) {
                held.add(Role.of(word)
                        .orElseThrow(() -> new CannotRun(
                                "`" + word + "` is no role",
                                "--role with one of "
                                        + Arrays.stream(Role.values())
                                                .map(Role::word)
                                                .collect(Collectors.joining(", ")))));
            }
            String name = Operator.named(operator, "").name();
            try (Home home = options.open()) {
                String secret = new SignInLinks(home.state()).issue(name, held);
                output.line(home.settings().serve().address().orElse("http://127.0.0.1:8480") + path(secret));
                return ExitCode.OK;
            }
        }
    }
}
