package dev.kept.server.command;

import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every command has which works on a notice's stores. */
final class HomeOptions {

    @Option(
            names = "--notice",
            paramLabel = "DIR",
            defaultValue = "privacy",
            description = "folder of the notice (default: ${DEFAULT-VALUE})")
    private Path folder = Path.of("privacy");

    @Option(names = "--store", paramLabel = "NAME", description = "which store, where the notice has several")
    private @Nullable String store;

    @Option(names = "--json", description = "print one JSON document")
    private boolean json;

    /** To look at what the rules mean, be they published or not. */
    Home open() {
        return Home.open(folder, new Environment(System.getenv()), InstantSource.system());
    }

    /** To act on stores. */
    Home obeyed() {
        return Home.obeyed(folder, new Environment(System.getenv()), InstantSource.system());
    }

    Optional<String> store() {
        return Optional.ofNullable(store);
    }

    boolean json() {
        return json;
    }

    Path folder() {
        return folder;
    }
}
