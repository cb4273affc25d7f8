package dev.kept.server.command;

import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import dev.kept.server.doctor.Doctor;
import dev.kept.server.doctor.Examined;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kept doctor [DIR]}: whether Kept can work with the databases as they are, and what will hurt; changes nothing. */
@Command(
        name = "doctor",
        description = {
            "Say of every store's database and of Kept's own: versions, privileges, settings that will hurt, with the SQL that mends it.",
            "Reads only; changes nothing."
        },
        mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "folder of the notice, as `--notice`")
    private @Nullable Path folder;

    @Mixin
    private HomeOptions options = new HomeOptions();

    @Option(
            names = "--tables",
            description = "show every table with the privileges it needs, not only those that lack one")
    private boolean tables;

    @Option(
            names = "--grants",
            paramLabel = "ROLE",
            description = "print the SQL that gives a role the least a store needs, and nothing else")
    private @Nullable String grants;

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        if (grants != null && options.json()) {
            throw new ParameterException(
                    command.commandLine(), "`--grants` prints SQL, `--json` a document: choose one");
        }
        Output output = new Output(command.commandLine().getOut());
        Path notice = Optional.ofNullable(folder).orElse(options.folder());
        try (Home home = Home.looking(notice, new Environment(System.getenv()), InstantSource.system())) {
            List<Examined> examined = new Doctor(home).examine(options.store());
            if (grants != null) {
                return new GrantScript(output, grants).print(examined);
            }
            DoctorReport report = new DoctorReport(output, examined);
            if (options.json()) {
                output.json(report.document());
            } else {
                report.print(tables);
            }
            return exit(examined);
        }
    }

    private static int exit(List<Examined> examined) {
        if (examined.stream().anyMatch(one -> one.refused().isPresent())) {
            return ExitCode.CANNOT_RUN;
        }
        return examined.stream().anyMatch(Examined::ill) ? ExitCode.PROBLEMS : ExitCode.OK;
    }
}
