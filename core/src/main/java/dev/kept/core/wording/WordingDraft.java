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
    public static String file(String language) {
        return Wordings.FOLDER + language + ".yaml";
    }

    /** A new file with every key. */
    public static String of(String language) {
        Mapping sections = new Mapping();
        for (Area area : Area.values()) {
            sections.block(area.word(), empty(area, List.copyOf(Wordings.keys(area))));
        }
        return YamlWriter.write(
                List.of(
                        "Words in `" + language
                                + "`: translate what stands above each key, and write it beside the key.",
                        "Names in braces are places for values: keep them as they are."),
                sections.block());
    }

    /**
     * What a file lacks added to it; whatever else is written there stays as it is.
     *
     * @return empty where it is no file of words that can be read
     */
    public static Optional<String> added(SourceText file) {
        Optional<OwnWords> own =
                OwnWords.read(file).filter(words -> words.problems().isEmpty());
        if (own.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> text = Optional.of(file.text());
        for (Area area : Area.values()) {
            List<String> unwritten = own.get().unwritten(area);
            if (!unwritten.isEmpty()) {
                Mapping entries = empty(area, unwritten);
                boolean there = own.get().has(area);
                text = text.flatMap(before -> there
                        ? YamlInsertion.append(before, List.of(area.word()::equals), entries)
                        : YamlInsertion.append(before, List.of(), area.word(), entries.block()));
            }
        }
        return text;
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
