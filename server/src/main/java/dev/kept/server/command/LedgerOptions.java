package dev.kept.server.command;

import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import java.nio.file.Path;
import java.time.InstantSource;
import picocli.CommandLine.Option;

/** Options that every command has which works on the ledger. */
final class LedgerOptions {

    @Option(
            names = "--notice",
            paramLabel = "DIR",
            defaultValue = "privacy",
            description = "folder of the notice (default: ${DEFAULT-VALUE})")
    private Path folder = Path.of("privacy");

    @Option(names = "--json", description = "print one JSON document")
    private boolean json;

    Home open() {
        return Home.open(folder, new Environment(System.getenv()), InstantSource.system());
    }

    boolean json() {
        return json;
    }
}
