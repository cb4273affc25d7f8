package dev.kept.server.command;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.rights.Correction;
import dev.kept.core.rights.CorrectionReader;
import dev.kept.core.source.Reading;
import dev.kept.core.source.SourceText;
import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.request.Corrections;
import dev.kept.server.request.Lookup;
import dev.kept.server.run.Corrected;
import dev.kept.server.run.CorrectionService;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Operator;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kept correct}: a request for rectification carried out (Art. 16). */
@Command(
        name = "correct",
        description = {
            "Correct values in one person's own rows, all or nothing. The request is read from standard input or a file:",
            "  person: {email: anna@example.org}",
            "  set:",
            "    customers: {full_name: Anna Berg}",
            "    addresses: [{where: {id: 17}, set: {street: Mill Lane 2}}]",
            "Everything is checked first; columns that still hold the old value are listed."
        },
        mixinStandardHelpOptions = true)
public final class CorrectCommand implements Callable<Integer> {

    /** Four bytes a character are the most that UTF-8 takes. */
    private static final int MOST_BYTES = 4 * SourceText.MAX_CHARACTERS;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private HomeOptions options = new HomeOptions();

    @Mixin
    private OperatorOptions operator = new OperatorOptions();

    @Option(
            names = "--request",
            paramLabel = "FILE",
            description = "file with the person and the values (default: standard input)")
    private @Nullable Path file;

    @Option(names = "--dry-run", description = "say what would change and what stands against it, and change nothing")
    private boolean dryRun;

    @Option(
            names = "--everywhere",
            description = "also change the person's other columns that hold the old value, where that is allowed")
    private boolean everywhere;

    @Override
    public Integer call() {
        Output output = new Output(Objects.requireNonNull(spec).commandLine().getOut());
        Reading<Correction> reading = CorrectionReader.read(request());
        if (reading.value().isEmpty()) {
            CorrectionReport.refused(output, options.json(), reading.problems());
            return ExitCode.PROBLEMS;
        }
        try (Home home = options.obeyed()) {
            BoundStore store = home.store(options.store());
            LiveStore live = LiveStore.open(home, store);
            CorrectionService service = new CorrectionService(home.state(), home.clock(), FaultPoints.NONE);
            Corrected corrected = dryRun
                    ? service.dryRun(live, reading.value().get(), everywhere)
                    : service.correct(
                            live,
                            reading.value().get(),
                            acting(home, live, reading.value().get()),
                            everywhere);
            CorrectionTold told;
            try {
                new Corrections(home.state()).step(home);
                told = CorrectionTold.of(home, corrected);
            } catch (RuntimeException e) { // the correction stands all the same, and its recipients are told later
                CorrectionReport.print(output, options.json(), live, corrected, CorrectionTold.LATER);
                throw e;
            }
            CorrectionReport.print(output, options.json(), live, corrected, told);
            boolean whole = corrected.state() != Corrected.State.REFUSED && told.left() == 0;
            return whole ? ExitCode.OK : ExitCode.PROBLEMS;
        }
    }

    /** By what she is known before anything changes, her recipients know her. */
    private CorrectionService.Acting acting(Home home, LiveStore live, Correction correction) {
        Operator who = operator.operator();
        Optional<Lookup.OnFile> known;
        try {
            known = Lookup.byNames(
                            List.of(live), new Named(correction.personPlace().line(), correction.person()))
                    .onFile();
        } catch (StoreException e) {
            throw new CannotRun("`" + live.name() + "` does not answer", "see that it runs", e);
        }
        return new CorrectionService.Acting(
                who, run -> List.of(new Corrections(home.state()).ofCommand(run, live.name(), known)));
    }

    private SourceText request() {
        Path path = file;
        String name = path == null ? "standard input" : path.toString();
        try (InputStream in = path == null ? System.in : Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new CannotRun("the request is larger than " + MOST_BYTES + " bytes", "split it");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new SourceText(name, text);
        } catch (CharacterCodingException e) {
            throw new CannotRun("the request is not UTF-8", "save it as UTF-8", e);
        } catch (IOException e) {
            throw new CannotRun("the request cannot be read", "name a file that you may read, with --request", e);
        }
    }
}
