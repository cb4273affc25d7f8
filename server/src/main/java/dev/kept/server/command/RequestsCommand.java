package dev.kept.server.command;

import dev.kept.core.rights.request.Deadline.Alarm;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.Stage;
import dev.kept.core.source.Spelling;
import dev.kept.server.api.RequestViews;
import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.intake.Intake;
import dev.kept.server.request.Inbox;
import dev.kept.server.request.Office;
import dev.kept.server.run.Operator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kept requests}: what persons asked, as a list; and taking over what was asked before there was Kept. */
@Command(
        name = "requests",
        description = "Requests of persons: list them, or take over those that another system took in.",
        mixinStandardHelpOptions = true,
        subcommands = {RequestsCommand.Listing.class, RequestsCommand.Import.class})
public final class RequestsCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        command.commandLine().usage(command.commandLine().getOut());
        return ExitCode.OK;
    }

    /** {@code kept requests list}: numbers, kinds, stages and days; never who asks. */
    @Command(
            name = "list",
            description = "Open requests, soonest due first; numbers, kinds, stages and days, never who asks.",
            mixinStandardHelpOptions = true)
    static final class Listing implements Callable<Integer> {

        private static final int MOST = 100_000;

        @Spec
        private @Nullable CommandSpec spec;

        @Mixin
        private HomeOptions options = new HomeOptions();

        @Option(names = "--kind", paramLabel = "KIND", description = "only of this kind: access, erasure, …")
        private @Nullable String kind;

        @Option(names = "--stage", paramLabel = "STAGE", description = "only at this stage: received, in-review, …")
        private @Nullable String stage;

        @Option(
                names = "--alarm",
                paramLabel = "ALARM",
                description = "only as near their last day: overdue, urgent, soon")
        private @Nullable String alarm;

        @Option(names = "--closed", description = "those at their end, newest first, instead of the open ones")
        private boolean closed;

        @Option(
                names = "--most",
                paramLabel = "N",
                defaultValue = "1000",
                description = "at most so many (default: ${DEFAULT-VALUE})")
        private int most = 1_000;

        @Override
        public Integer call() {
            Output output =
                    new Output(Objects.requireNonNull(spec).commandLine().getOut());
            if (most < 1 || most > MOST) {
                throw new CannotRun("`--most` is not between 1 and " + MOST, "--most 1000");
            }
            Inbox.Filter filter = new Inbox.Filter(
                    chosen(
                                    "--kind",
                                    kind,
                                    Arrays.stream(Kind.values()).map(Kind::word).toList())
                            .flatMap(Kind::parse),
                    chosen("--stage", stage, Stage.WORDS),
                    chosen(
                                    "--alarm",
                                    alarm,
                                    Arrays.stream(Alarm.values())
                                            .map(Alarm::word)
                                            .toList())
                            .flatMap(word -> Arrays.stream(Alarm.values())
                                    .filter(one -> one.word().equals(word))
                                    .findFirst()),
                    closed);
            try (Home home = options.open()) {
                print(output, rows(new Office(home).inbox(), filter));
                return ExitCode.OK;
            }
        }

        private static Optional<String> chosen(String option, @Nullable String word, List<String> known) {
            if (word != null && !known.contains(word)) {
                throw new CannotRun("`" + option + "` is none that is known", Spelling.suggest(word, known));
            }
            return Optional.ofNullable(word);
        }

        /** One more than is shown, where there are more. */
        private List<Inbox.Row> rows(Inbox inbox, Inbox.Filter filter) {
            List<Inbox.Row> rows = new ArrayList<>();
            List<Inbox.Row> page = inbox.page(filter, Optional.empty(), Math.min(Inbox.MOST_ROWS, most + 1));
            while (!page.isEmpty() && rows.size() <= most) {
                rows.addAll(page);
                page = inbox.page(filter, Optional.of(Inbox.After.of(page.getLast())), Inbox.MOST_ROWS);
            }
            return rows;
        }

        private void print(Output output, List<Inbox.Row> rows) {
            List<Inbox.Row> shown = rows.subList(0, Math.min(most, rows.size()));
            boolean more = rows.size() > shown.size();
            if (options.json()) {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("requests", shown.stream().map(RequestViews::row).toList());
                document.put("more", more);
                output.json(document);
                return;
            }
            if (shown.isEmpty()) {
                output.line(closed ? "No request is at its end." : "No request is open.");
            }
            for (Inbox.Row row : shown) {
                String near = row.closedAt().isPresent() || row.alarm() == Alarm.NONE
                        ? ""
                        : "  "
                                + (row.alarm() == Alarm.OVERDUE
                                        ? output.red("overdue")
                                        : output.yellow(row.alarm().word()));
                output.line(row.number() + "  " + padded(row.kind().word(), 20) + padded(row.stage(), 14) + "due "
                        + row.due() + near
                        + row.reference().map(reference -> "  " + reference).orElse(""));
            }
            if (more) {
                output.line("… and more: --most N shows them");
            }
        }

        private static String padded(String text, int width) {
            return text + " ".repeat(Math.max(1, width - text.length()));
        }
    }

    /** {@code kept requests import}: from a file, all of it or nothing. */
    @Command(
            name = "import",
            description = {
                "Take over requests that another system took in, from a CSV or JSON file (docs/requests.md).",
                "All problems are told at once, and nothing is taken over while there are any. What was taken over before is passed over."
            },
            mixinStandardHelpOptions = true)
    static final class Import implements Callable<Integer> {

        @Spec
        private @Nullable CommandSpec spec;

        @Mixin
        private HomeOptions options = new HomeOptions();

        @Parameters(paramLabel = "FILE", description = "a file that ends in .csv or .json, in UTF-8")
        private Path file = Path.of("");

        @Option(
                names = "--operator",
                required = true,
                paramLabel = "NAME",
                description = "who takes them over; kept in the private log only")
        private String operator = "";

        @Option(
                names = "--send-links",
                description =
                        "send a one-time link to each person whose address a store has; without it nobody is written to")
        private boolean links;

        @Option(names = "--dry-run", description = "say what is wrong, and take nothing over")
        private boolean dryRun;

        @Override
        public Integer call() {
            Output output =
                    new Output(Objects.requireNonNull(spec).commandLine().getOut());
            Operator who = Operator.named(operator, "took requests over from a file");
            try (Home home = options.obeyed()) {
                Intake intake = new Intake(home);
                Intake.Checked checked = intake.check(file);
                boolean stopped = dryRun || !checked.problems().isEmpty();
                Intake.Outcome outcome =
                        stopped ? new Intake.Outcome(Map.of(), 0) : intake.take(checked.requests(), links, who);
                if (options.json()) {
                    output.json(document(checked, outcome));
                } else {
                    print(output, checked, outcome);
                }
                return checked.problems().isEmpty() ? ExitCode.OK : ExitCode.PROBLEMS;
            }
        }

        private Map<String, Object> document(Intake.Checked checked, Intake.Outcome outcome) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("ok", checked.problems().isEmpty());
            document.put("dry-run", dryRun);
            document.put("read", checked.requests().size());
            document.put("taken", outcome.taken().size());
            document.put("known", outcome.known());
            document.put("numbers", outcome.taken());
            document.put("problems", Output.json(checked.problems()));
            return document;
        }

        private void print(Output output, Intake.Checked checked, Intake.Outcome outcome) {
            if (!checked.problems().isEmpty()) {
                checked.problems().forEach(output::problem);
                output.line("");
                output.line(
                        output.red(Output.count(checked.problems().size(), "problem")) + "; nothing was taken over");
                return;
            }
            output.line(
                    dryRun
                            ? Output.count(checked.requests().size(), "request") + " could be taken over; nothing was"
                            : Output.count(outcome.taken().size(), "request") + " taken over, " + outcome.known()
                                    + " had been before");
        }
    }
}
