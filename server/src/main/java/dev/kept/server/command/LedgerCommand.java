package dev.kept.server.command;

import dev.kept.core.ledger.Checkpoint;
import dev.kept.core.ledger.MalformedLog;
import dev.kept.core.ledger.TlogProof;
import dev.kept.core.ledger.VerifierKey;
import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.ledger.ExportAudit;
import dev.kept.server.ledger.Ledger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

/** {@code kept ledger status|export|verify|proof|rotate}: the evidence, in files that others verify. */
@Command(
        name = "ledger",
        description = "Export, verify and prove the ledger of what was published, asked, done and found.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class LedgerCommand implements Callable<Integer> {

    private static final int MOST_CHECKPOINT_BYTES = 1_000_000;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        command.commandLine().usage(command.commandLine().getOut());
        return ExitCode.OK;
    }

    private Output output() {
        return new Output(Objects.requireNonNull(spec).commandLine().getOut());
    }

    private StatusLine status() {
        return new StatusLine(Objects.requireNonNull(spec).commandLine().getErr());
    }

    private static Ledger.Progress progress(StatusLine line) {
        return (done, total) -> line.say(() -> String.format(Locale.ROOT, "%,d of %,d entries", done, total));
    }

    @Command(
            name = "status",
            description = "How many entries there are, how many are under a checkpoint, and with which keys.",
            mixinStandardHelpOptions = true)
    int status(@Mixin LedgerOptions options) {
        try (Home home = options.open()) {
            Ledger.Status status = home.ledger().status();
            LedgerReport report = new LedgerReport(output(), options.json());
            report.status(status);
            return ExitCode.OK;
        }
    }

    @Command(
            name = "export",
            description = {
                "Publish and write the ledger's files (C2SP tlog-tiles) to a folder, as a web server can serve them.",
                "A folder that holds an earlier export is brought up to date; one that holds another history is refused."
            },
            mixinStandardHelpOptions = true)
    int export(
            @Mixin LedgerOptions options,
            @Parameters(paramLabel = "FOLDER", description = "where to write") Path folder) {
        try (Home home = options.open();
                StatusLine line = status()) {
            Ledger.Exported exported = home.ledger().export(folder, progress(line));
            line.close();
            new LedgerReport(output(), options.json()).exported(folder, exported);
            return ExitCode.OK;
        }
    }

    @Command(
            name = "verify",
            description = {
                "Recompute the ledger from its entries and name what does not fit: which entry, hash or checkpoint.",
                "Without FOLDER the ledger itself; with FOLDER an export, by its files alone."
            },
            mixinStandardHelpOptions = true)
    int verify(
            @Mixin LedgerOptions options,
            @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "an exported ledger") @Nullable
                    Path folder,
            @Option(
                            names = "--against",
                            paramLabel = "FILE",
                            description =
                                    "a checkpoint of before: finds what was cut off or changed since; may be repeated")
                    @Nullable
                    List<Path> against,
            @Option(
                            names = "--key",
                            paramLabel = "KEY",
                            description =
                                    "trust this key (name+id+base64), and not those that the ledger names itself; may be repeated")
                    @Nullable
                    List<String> keys) {
        List<Ledger.Given> given = given(against);
        List<VerifierKey> trusted = trusted(keys);
        LedgerReport report = new LedgerReport(output(), options.json());
        try (StatusLine line = status()) {
            Ledger.Audited audited;
            if (folder == null) {
                try (Home home = options.open()) {
                    audited = home.ledger().verify(given, trusted, report::flaw, progress(line));
                }
            } else {
                audited = new ExportAudit(folder).verify(given, trusted, report::flaw, progress(line));
            }
            line.close();
            return report.audited(audited, trusted.isEmpty()) ? ExitCode.OK : ExitCode.PROBLEMS;
        }
    }

    @Command(
            name = "proof",
            description = "Print the proof that an entry is in the ledger (C2SP tlog-proof); it verifies offline.",
            mixinStandardHelpOptions = true)
    int proof(
            @Mixin LedgerOptions options,
            @Parameters(paramLabel = "N", description = "the entry's number, from 0") long index,
            @Option(
                            names = "--to",
                            paramLabel = "FOLDER",
                            description = "write `entry-N.json` and `entry-N.tlog-proof` there instead")
                    @Nullable
                    Path to) {
        try (Home home = options.open()) {
            Ledger ledger = home.ledger();
            TlogProof proof = ledger.proof(index);
            String entry = new String(ledger.leaf(index), StandardCharsets.UTF_8);
            if (to != null) {
                write(to, "entry-" + index + ".json", entry);
                write(to, "entry-" + index + ".tlog-proof", proof.write());
            }
            Output output = output();
            if (options.json()) {
                Map<String, Object> json = new LinkedHashMap<>();
                json.put("index", index);
                json.put("size", Checkpoint.parse(proof.checkpoint().text()).size());
                json.put("entry", entry);
                json.put("proof", proof.write());
                output.json(json);
            } else if (to != null) {
                output.line("entry " + index + " and its proof are in " + to);
            } else {
                output.line(proof.write().stripTrailing());
            }
            return ExitCode.OK;
        }
    }

    private static void write(Path folder, String name, String text) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new CannotRun(
                    "`" + name + "` cannot be written to `" + folder + "`", "see that it may be written to", e);
        }
    }

    @Command(
            name = "rotate",
            description = {
                "Begin a new key. The old one signs on beside it for thirty days, and is destroyed then.",
                "The change is an entry of the ledger, under a checkpoint that both sign."
            },
            mixinStandardHelpOptions = true)
    int rotate(@Mixin LedgerOptions options) {
        try (Home home = options.open()) {
            VerifierKey key = home.ledger().rotate();
            Output output = output();
            if (options.json()) {
                output.json(Map.of("key", key.toString()));
            } else {
                output.line("the ledger is signed with " + key + " from now on; publish this key beside the old one");
            }
            return ExitCode.OK;
        }
    }

    private static List<Ledger.Given> given(@Nullable List<Path> files) {
        List<Ledger.Given> given = new ArrayList<>();
        for (Path file : Optional.ofNullable(files).orElse(List.of())) {
            try (var in = Files.newInputStream(file)) {
                given.add(new Ledger.Given("`" + file + "`", in.readNBytes(MOST_CHECKPOINT_BYTES)));
            } catch (IOException e) {
                throw new CannotRun("`" + file + "` cannot be read", "name the file of a checkpoint", e);
            }
        }
        return given;
    }

    private static List<VerifierKey> trusted(@Nullable List<String> keys) {
        try {
            return Optional.ofNullable(keys).orElse(List.of()).stream()
                    .map(VerifierKey::parse)
                    .toList();
        } catch (MalformedLog e) {
            throw new CannotRun("`--key` is no key: " + e.getMessage(), "write it as `kept ledger status` shows it", e);
        }
    }
}
