package dev.kept.core.wording;

import dev.kept.core.source.SourceText;
import dev.kept.core.source.YamlInsertion;
import dev.kept.core.source.YamlWriter;
import dev.kept.core.source.YamlWriter.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words of a language as a file to be translated: each key with the English words above it, and nothing beside it yet. */
public final class WordingDraft {

    private WordingDraft() {}

    /** The name of a language's file of words. */
    static String file(String language) {
        return Wordings.FOLDER + Wordings.canonical(language) + ".yaml";
    }

    /**
     * What the words of a language lack, in its own file: a new one, or the one there is, in which whatever else is written stays as it is. What a file
     * of {@code pt} says, {@code pt-BR} does not lack.
     *
     * @return the file as it would be; empty where it cannot be read, or would not be read as it was meant
     */
    public static Optional<SourceText> of(String language, List<SourceText> files) {
        List<OwnWords> own = OwnWords.all(files);
        OwnLanguage words = OwnLanguage.of(language, own);
        Optional<SourceText> there = files.stream()
                .filter(file -> OwnWords.named(file.name()).equals(Optional.of(Wordings.canonical(language))))
                .findFirst();
        if (there.isEmpty()) {
            return Optional.of(new SourceText(file(language), fresh(language, words)));
        }
        return there.filter(WordingDraft::right)
                .flatMap(file -> added(file, words))
                .filter(WordingDraft::right);
    }

    private static boolean right(SourceText file) {
        return OwnWords.read(file).filter(words -> words.problems().isEmpty()).isPresent();
    }

    /** Empty where nothing is lacking. */
    private static String fresh(String language, OwnLanguage words) {
        Mapping sections = new Mapping();
        boolean any = false;
        for (Area area : Area.values()) {
            List<String> unwritten = words.unwritten(area);
            if (!unwritten.isEmpty()) {
                any = true;
                sections.block(area.word(), empty(area, unwritten));
            }
        }
        return any
                ? YamlWriter.write(
                        List.of(
                                "Words in `" + language
                                        + "`: translate what stands above each key, and write it beside the key.",
                                "Names in braces are places for values: keep them as they are."),
                        sections.block())
                : "";
    }

    private static Optional<SourceText> added(SourceText file, OwnLanguage words) {
        Optional<String> text = Optional.of(file.text());
        for (Area area : Area.values()) {
            List<String> unwritten = words.unwritten(area);
            if (!unwritten.isEmpty()) {
                Mapping entries = empty(area, unwritten);
                boolean there = words.files().getFirst().has(area);
                text = text.flatMap(before -> there
                        ? YamlInsertion.append(before, List.of(area.word()::equals), entries)
                        : YamlInsertion.append(before, List.of(), area.word(), entries.block()));
            }
        }
        return text.map(added -> new SourceText(file.name(), added));
    }

    private static Mapping empty(Area area, List<String> keys) {
        Mapping entries = new Mapping();
        for (String key : keys) {
            entries.comment(key, List.of(BuiltIn.english(area).getOrDefault(key, "")), YamlWriter.nothing());
        }
        return entries;
    }

    /** All words of a language that Kept brings along, to choose from what is to be said otherwise. */
    public static String builtIn(String language) {
        List<String> known = new ArrayList<>(Wordings.fallbacks(language));
        known.retainAll(Wordings.BUILT_IN);
        Mapping sections = new Mapping();
        for (Area area : Area.values()) {
            Mapping entries = new Mapping();
            BuiltIn.of(area, known.getFirst()).forEach((key, said) -> entries.put(key, YamlWriter.text(said)));
            sections.block(area.word(), entries);
        }
        return YamlWriter.write(List.of(), sections.block());
    }
}
