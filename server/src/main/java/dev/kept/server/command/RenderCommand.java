package dev.kept.server.command;

import dev.kept.server.configuration.PrivacyFolder;
import dev.kept.server.render.Rendering;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kept render [DIR] --out FOLDER}: the notice as pages, text and data; needs no database. */
@Command(
        name = "render",
        description = "Write the notice as HTML, Markdown, plain text and JSON-LD, in every language.",
        mixinStandardHelpOptions = true)
public final class RenderCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private FolderArgument folder = new FolderArgument();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FOLDER",
            description = "where to write; files of the same names are replaced")
    private Path out = Path.of("");

    @Option(
            names = "--published",
            paramLabel = "N",
            description = "a published version (default: the notice as it is written now)")
    private @Nullable Integer version;

    @Option(names = "--json", description = "print one JSON document")
    private boolean json;

    @Override
    public Integer call() {
        Output output = new Output(Objects.requireNonNull(spec).commandLine().getOut());
        PrivacyFolder files = PrivacyFolder.read(folder.path());
        Rendering rendering = version == null
                ? Rendering.ofWorking(files)
                : Rendering.ofVersion(files, Objects.requireNonNull(version));
        rendering.write(out);
        if (json) {
            output.json(document(rendering));
        } else {
            String what = rendering.version().map(number -> "version " + number).orElse("a draft, not published");
            output.line("Wrote " + rendering.files().size() + " files to " + out + " (" + what + "):");
            rendering.files().keySet().forEach(name -> output.line("  " + name));
        }
        return ExitCode.OK;
    }

    private Map<String, Object> document(Rendering rendering) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("folder", out.toString());
        rendering.version().ifPresent(number -> document.put("version", number));
        document.put("files", List.copyOf(rendering.files().keySet()));
        return document;
    }
}
