package dev.kept.server.command;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.wording.Wordings;
import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.own.OwnRequests;
import dev.kept.server.own.OwnStore;
import dev.kept.server.run.AccessService;
import dev.kept.server.run.AccessService.Handed;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.PersonNames.Named;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/** {@code kept access}: a request for access answered (Art. 15), for one person or a file of many. */
@Command(
        name = "access",
        description = {
            "Write what is held about persons, named one a line on standard input or in a file: `email: anna@example.org`.",
            "Each gets a ZIP with a page to read, JSON with its schema, and CSV: every item with why it is held, on which basis, who may"
                    + " receive it, where it comes from and until when. What is other people's is left out."
        },
        mixinStandardHelpOptions = true)
public final class AccessCommand implements Callable<Integer> {

    private static final DateTimeFormatter NAMED = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");
    private static final String SUFFIX = ".zip";

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private HomeOptions options = new HomeOptions();

    @Mixin
    private OperatorOptions operator = new OperatorOptions();

    @Mixin
    private PersonOptions persons = new PersonOptions();

    @Option(
            names = "--to",
            paramLabel = "FILE.zip",
            description = "file to write, or a folder for it (default: access-TIME-ID.zip here); of several persons,"
                    + " FILE-LINE.zip each. A file that is there is never overwritten")
    private @Nullable Path to;

    @Option(
            names = "--language",
            paramLabel = "LANGUAGE",
            description = "language of the page, one of the notice's (default: its first)")
    private @Nullable String language;

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        Output output = new Output(command.commandLine().getOut());
        Operator acting = operator.operator();
        List<Named> named = persons.read();
        try (Home home = options.obeyed()) {
            List<LiveStore> stores = stores(home);
            AccessService service = new AccessService(home.state(), home.clock()).in(language(stores));
            List<Map<String, Object>> answers = new ArrayList<>();
            for (Named person : named) {
                Optional<Handed> handed = service.hand(
                        stores,
                        home.prose(),
                        person,
                        own(home),
                        keys -> options.store().isPresent() ? keys : OwnRequests.with(home.state(), keys),
                        acting,
                        target(home.clock(), person, named.size() > 1));
                if (options.json()) {
                    answers.add(document(person, handed));
                } else {
                    say(output, person, handed);
                }
            }
            if (options.json()) {
                output.json(Map.of("packages", answers));
            }
            return ExitCode.OK;
        }
    }

    private String language(List<LiveStore> stores) {
        List<String> languages = stores.getFirst().bound().notice().languages();
        if (language == null) {
            return languages.getFirst();
        }
        String asked = Wordings.canonical(language);
        if (!languages.contains(asked)) {
            throw new CannotRun(
                    "the notice is not in `" + asked + "`",
                    "`--language` is one of " + String.join(", ", languages) + "; another needs a text of the notice");
        }
        return asked;
    }

    /** All stores of the notice, or the one named. */
    private List<LiveStore> stores(Home home) {
        List<BoundStore> bound = home.stores(options.store());
        if (bound.isEmpty()) {
            throw new CannotRun("the notice has no store", "write a data map: kept map NAME --from JDBC-URL");
        }
        return bound.stream().map(store -> LiveStore.open(home, store)).toList();
    }

    /** What Kept itself holds about her requests, unless one store was named. */
    private List<LiveStore> own(Home home) {
        return options.store().isPresent() ? List.of() : List.of(OwnStore.live(home));
    }

    private Path target(InstantSource clock, Named person, boolean several) {
        Path named = to;
        if (named == null || Files.isDirectory(named)) {
            String name = "access-" + NAMED.format(clock.instant().atOffset(ZoneOffset.UTC)) + "-"
                    + UUID.randomUUID().toString().substring(0, 8) + SUFFIX;
            return named == null ? Path.of(name) : named.resolve(name);
        }
        if (!several) {
            return named;
        }
        String name = named.getFileName().toString();
        String base = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        return named.resolveSibling(base + "-" + person.line() + SUFFIX);
    }

    private static void say(Output output, Named person, Optional<Handed> handed) {
        if (handed.isEmpty()) {
            output.line("line " + person.line() + ": nobody of that name is held, so there is nothing to hand out");
            return;
        }
        Handed written = handed.get();
        output.line("line " + person.line() + ": " + Output.count(written.rows(), "row") + " of "
                + Output.count(written.tables(), "table") + " in "
                + output.bold(written.file().toString()));
    }

    private static Map<String, Object> document(Named person, Optional<Handed> handed) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("line", person.line());
        document.put("found", handed.isPresent());
        handed.ifPresent(written -> {
            document.put("package", written.id().toString());
            document.put("file", written.file().toString());
            document.put("rows", written.counts());
        });
        return document;
    }
}
