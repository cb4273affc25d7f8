package dev.kept.server.command;

import dev.kept.core.proof.Verdict;
import dev.kept.server.configuration.Home;
import dev.kept.server.contact.Asking;
import dev.kept.server.contact.Contacts;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.Operator;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kept contact}: whether somebody answers at the addresses of the notice (chapter 7). */
@Command(
        name = "contact",
        description = {
            "Whether somebody answers at the addresses of the notice.",
            "`kept serve` writes to the mail address now and then; that a letter by post arrives somebody has to say."
        },
        mixinStandardHelpOptions = true)
public final class ContactCommand implements Callable<Integer> {

    /** Whoever runs commands, in the ledger. */
    private static final String ROLE = "engineer";

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private HomeOptions options = new HomeOptions();

    @Option(names = "--ask", description = "write a letter to the mail address now, unless one is under way")
    private boolean ask;

    @Option(
            names = "--arrived",
            paramLabel = "DATE",
            description = "a letter by post arrived on this day: 2027-03-01; needs --operator")
    private @Nullable String arrived;

    @Option(names = "--operator", paramLabel = "NAME", description = "who says so; kept in the private log only")
    private @Nullable String operator;

    @Option(names = "--checked", paramLabel = "TEXT", description = "how that is known; kept in the private log only")
    private String checked = "";

    @Override
    public Integer call() {
        Output output = new Output(Objects.requireNonNull(spec).commandLine().getOut());
        try (Home home = options.obeyed()) {
            String done = "";
            if (ask) {
                done = new Asking(home).now(new Asking.By(ROLE, asker()))
                        ? "A letter is written; `kept serve` sends it."
                        : "A letter is under way already.";
            }
            String day = arrived;
            if (day != null) {
                done = arrived(new Contacts(home), day)
                        ? "Noted: a letter by post arrived on " + day + "."
                        : "That was noted before.";
            }
            List<Contacts.Known> known = new Contacts(home).known(home.clock().instant());
            print(output, done, known);
            boolean broken = known.stream().anyMatch(one -> one.verdict() == Verdict.Kind.BROKEN);
            return broken ? ExitCode.PROBLEMS : ExitCode.OK;
        }
    }

    private Optional<Operator> asker() {
        return Optional.ofNullable(operator).map(name -> Operator.named(name, "wrote to the notice's mail address"));
    }

    private boolean arrived(Contacts contacts, String day) {
        if (operator == null) {
            throw new CannotRun("`--operator` is missing", "--operator NAME: who says that it arrived");
        }
        Operator who = Operator.named(operator, checked);
        try {
            return contacts.arrived(LocalDate.parse(day), ROLE, who);
        } catch (DateTimeParseException e) {
            throw new CannotRun("`--arrived` is no date", "write it as 2027-03-01", e);
        }
    }

    private void print(Output output, String done, List<Contacts.Known> known) {
        if (options.json()) {
            output.json(known.stream().map(ContactCommand::json).toList());
            return;
        }
        if (!done.isEmpty()) {
            output.line(done);
        }
        for (Contacts.Known one : known) {
            output.line(one.rule() + "  " + one.verdict().word() + ": " + one.says());
            if (!one.attempt().isEmpty()) {
                output.line("  try: " + one.attempt());
            }
        }
    }

    private static Map<String, Object> json(Contacts.Known known) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rule", known.rule());
        json.put("verdict", known.verdict().word());
        json.put("says", known.says());
        if (!known.attempt().isEmpty()) {
            json.put("try", known.attempt());
        }
        return json;
    }
}
