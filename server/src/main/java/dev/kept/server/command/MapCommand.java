package dev.kept.server.command;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.CatalogueFile;
import dev.kept.core.datamap.Guesses;
import dev.kept.core.datamap.draft.Draft;
import dev.kept.core.datamap.draft.MapDraft;
import dev.kept.core.datamap.draft.MapMerge;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.source.Places;
import dev.kept.core.source.SourceText;
import dev.kept.server.configuration.DatabaseAddress;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import dev.kept.server.configuration.PrivacyFolder;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kept map STORE --from JDBC-URL}: writes the catalogue of a live schema, and drafts a map, or adds to it what is new. */
@Command(
        name = "map",
        description = {
            "Write the catalogue file of a live schema, and draft a data map where there is none.",
            "To a map that is there, new tables and columns are added; what was written by hand stays.",
            "Every guess fails `kept check` until somebody confirms it by removing the word."
        },
        mixinStandardHelpOptions = true)
public final class MapCommand implements Callable<Integer> {

    private static final Pattern STORE_NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "STORE", description = "the store's name")
    private String store = "";

    @Option(
            names = "--from",
            required = true,
            paramLabel = "URL",
            description =
                    "JDBC URL, or the name of an environment variable as in '$${SHOP_URL}' (then NAME_USER and NAME_PASSWORD are read, too)")
    private String from = "";

    @Option(
            names = "--notice",
            paramLabel = "DIR",
            defaultValue = "privacy",
            description = "folder of the notice (default: ${DEFAULT-VALUE})")
    private Path folder = Path.of("privacy");

    @Override
    public Integer call() {
        Output output = new Output(Objects.requireNonNull(spec).commandLine().getOut());
        if (!STORE_NAME.matcher(store).matches()) {
            throw new CannotRun("`" + store + "` cannot name a store", "lower-case letters, digits and `-`: shop");
        }
        DataSource source = Home.source(DatabaseAddress.of(from, new Environment(System.getenv())));
        Catalogue catalogue = LiveStore.catalogue(source);
        Path stores = folder.resolve("stores");
        Path catalogueFile = stores.resolve(store + ".catalogue.yaml");
        TextFile.write(catalogueFile, CatalogueFile.write(catalogue));
        output.line("wrote " + catalogueFile + ": "
                + Output.count(catalogue.tables().size(), "table"));
        Path map = stores.resolve(store + ".yaml");
        Optional<Notice> notice = notice();
        Samples samples = Samples.of(source, catalogue, notice);
        samples.unread().forEach((table, why) -> output.line("`" + table + "` was not sampled: " + why));
        Draft draft = draft(catalogue, notice, samples);
        if (Files.exists(map)) {
            merge(output, map, draft);
            return ExitCode.OK;
        }
        TextFile.write(map, draft.text(header()));
        long guesses =
                Guesses.unconfirmed(draft.store(), Places.none(map.toString())).size();
        output.line("drafted " + map + " with " + Output.count(guesses, "guess", "guesses") + "; `kept check " + folder
                + "` lists every one to confirm");
        return ExitCode.OK;
    }

    private Draft draft(Catalogue catalogue, Optional<Notice> notice, Samples samples) {
        ZoneId zone = notice.map(found -> found.controller().zone()).orElse(ZoneOffset.UTC);
        String database = Environment.referredBy(from).isPresent()
                ? from
                : "${" + store.toUpperCase(java.util.Locale.ROOT).replace('-', '_') + "_URL}";
        return MapDraft.draft(store, database, zone, catalogue, notice, samples.looks(), samples.joins());
    }

    private List<String> header() {
        return List.of(
                "A draft: what Kept guesses the tables of `" + store + "` hold. To confirm it, table by table:",
                "  1. read each `guess`; take it away where it is right, else say what is: docs/map-format.md shows all there is to say",
                "  2. name the `uses` of the notice each table serves, and the `events` that date them (`order.placed: placed_at`)",
                "  3. `kept check` until it is content; `kept check --live` compares with the database");
    }

    /** What is new in the schema is added as guesses; what was written by hand stays. */
    private void merge(Output output, Path map, Draft draft) {
        SourceText text = PrivacyFolder.text(map);
        Optional<MapMerge> merged = MapMerge.merge(text, draft, draft.store().zone());
        if (merged.isEmpty()) {
            output.line(
                    map + " stays as it is, since it cannot be read or added to; `kept check " + folder + "` says why");
        } else if (merged.get().added().isEmpty()) {
            output.line(map + " declares every table and column and stays as it is");
        } else {
            TextFile.write(map, merged.get().text());
            output.line("added to " + map + ", as guesses to confirm: "
                    + String.join(", ", merged.get().added()));
        }
    }

    private Optional<Notice> notice() {
        if (!Files.isRegularFile(folder.resolve("notice.yaml"))) {
            return Optional.empty();
        }
        return PrivacyFolder.read(folder).files().stream()
                .filter(file -> file.name().equals("notice.yaml"))
                .findFirst()
                .flatMap(file -> NoticeReader.draft(file).value());
    }
}
