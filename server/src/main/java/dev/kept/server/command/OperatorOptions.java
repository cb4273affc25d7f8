package dev.kept.server.command;

import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.Operator;
import picocli.CommandLine.Option;

/** Who acts on persons, and how it was established who asks. Both go to the private log only. */
final class OperatorOptions {

    @Option(
            names = "--operator",
            required = true,
            paramLabel = "NAME",
            description = "who acts; kept in the private log only")
    private String operator = "";

    @Option(
            names = "--checked",
            required = true,
            paramLabel = "TEXT",
            description = "how the person's identity was established; kept in the private log only")
    private String checked = "";

    Operator operator() {
        if (checked.isBlank()) {
            throw new CannotRun(
                    "nothing says how the person's identity was established",
                    "--checked \"signed in with the account's e-mail address\"");
        }
        return Operator.named(operator, checked);
    }
}
