package dev.kept.server.command;

import dev.kept.core.letter.Letters;
import dev.kept.core.source.SourceText;
import dev.kept.core.wording.WordingDraft;
import dev.kept.core.wording.Wordings;
import dev.kept.server.configuration.PrivacyFolder;
import dev.kept.server.failure.CannotRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kept words LANGUAGE [DIR]}: the words and letters of a language, to be translated; needs no database. */
@Command(
        name = "words",
        description = {
            "Write words and letters of a language to be translated, or what they lack.",
            "Of a language that Kept brings along, print the words there are."
        },
        mixinStandardHelpOptions = true)
public final class WordsCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "LANGUAGE", description = "BCP 47: fi, pt-BR")
    private String language = "";

    @Mixin
    private FolderArgument folder = new FolderArgument();

    @Override
    public Integer call() {
        Output output = new Output(Objects.requireNonNull(spec).commandLine().getOut());
        if (!language.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")) {
            throw new CannotRun("`" + language + "` is no language", "name it as in `languages`: kept words fi");
        }
        if (Wordings.builtIn(language)) {
            WordingDraft.builtIn(language).lines().forEach(output::line);
            return ExitCode.OK;
        }
        PrivacyFolder files = PrivacyFolder.read(folder.path());
        List<String> written = new ArrayList<>();
        words(files).ifPresent(words -> write(words, written));
        Letters.drafts(files.files(), language).forEach(letter -> write(letter, written));
        if (written.isEmpty()) {
            output.line("Nothing is missing; kept check says what is still to be translated.");
        } else {
            output.line("To be translated, then looked at with kept check:");
            written.forEach(name -> output.line("  " + name));
        }
        return ExitCode.OK;
    }

    /** The file of words as it shall be, where it lacks something. */
    private Optional<SourceText> words(PrivacyFolder files) {
        SourceText shall = WordingDraft.of(language, files.files())
                .orElseThrow(() -> new CannotRun(
                        "the words in `" + language
                                + "` have errors, or are written in a way that nothing can be added to",
                        "kept check " + folder.path()));
        boolean same = shall.text().isEmpty() || files.files().contains(shall);
        return same ? Optional.empty() : Optional.of(shall);
    }

    private void write(SourceText file, List<String> written) {
        Path path = folder.path().resolve(file.name());
        TextFile.write(path, file.text());
        written.add(file.name());
    }
}
