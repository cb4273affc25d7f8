package dev.kept.core.wording;

import dev.kept.core.source.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a company's own files say together in a language: that of the language itself above those of what it is a part of.
 *
 * @param files the nearest first: {@code pt-BR}, {@code pt}
 */
record OwnLanguage(List<OwnWords> files) {

    OwnLanguage {
        files = List.copyOf(files);
    }

    static OwnLanguage of(String language, List<OwnWords> own) {
        return new OwnLanguage(Wordings.fallbacks(language).stream()
                .flatMap(candidate ->
                        own.stream().filter(words -> words.language().equals(candidate)))
                .toList());
    }

    /** Keys of an area that have no words in any file. */
    List<String> lacking(Area area, Set<String> elsewhere) {
        List<String> lacking = new ArrayList<>(Wordings.keys(area));
        files.forEach(words -> lacking.removeAll(words.of(area).keySet()));
        lacking.removeAll(elsewhere);
        return lacking;
    }

    /** Keys of an area that are in no file, not even without words. */
    List<String> unwritten(Area area) {
        List<String> unwritten = lacking(area, Set.of());
        files.forEach(words -> unwritten.removeAll(words.untranslated(area).keySet()));
        return unwritten;
    }

    /** The file that what is lacking belongs into: the one for most readers. */
    OwnWords general() {
        return files.getLast();
    }

    /** Where the first of some keys stands without words; else where their section does, or the file they belong into. */
    Place place(Area area, List<String> keys) {
        return keys.stream()
                .flatMap(key -> files.stream()
                        .flatMap(words ->
                                Optional.ofNullable(words.untranslated(area).get(key)).stream()))
                .findFirst()
                .orElseGet(() -> general().place(area));
    }
}
