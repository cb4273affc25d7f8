package dev.kept.core.notice.version;

import dev.kept.core.source.Sha256;
import dev.kept.core.source.SourceText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A version about to be frozen: the rules, the prose of every language, its text with all values as people read it, and the words around it.
 *
 * @param files what stands in the version's folder beside {@code version.json}
 */
public record Publication(Version version, List<SourceText> files) {

    public Publication {
        files = List.copyOf(files);
    }

    /**
     * @param rules {@code notice.yaml} as it is written
     * @param prose {@code notice.LANGUAGE.md}, by language in the order of the notice
     * @param text the same prose with its values filled in, by language
     * @param words that say what is promised around the texts ({@link dev.kept.core.wording.FrozenWords})
     * @param says what the version says of itself
     */
    public static Publication of(
            SourceText rules,
            Map<String, SourceText> prose,
            Map<String, String> text,
            List<SourceText> words,
            List<Published> before,
            LocalDate today,
            Draft says,
            Comparison comparison) {
        List<SourceText> files = new ArrayList<>(List.of(rules));
        prose.forEach((language, source) -> {
            files.add(source);
            files.add(new SourceText("notice." + language + ".txt", text.getOrDefault(language, "")));
        });
        files.addAll(words);
        Map<String, String> hashes = new TreeMap<>();
        files.forEach(file -> hashes.put(file.name(), Sha256.of(file.text())));
        return new Publication(
                new Version(
                        before.size() + 1,
                        today,
                        says.effective(),
                        before.isEmpty()
                                ? Optional.empty()
                                : Optional.of(before.getLast().hash()),
                        hashes,
                        List.copyOf(prose.keySet()),
                        says.asksWithin(),
                        says.suspends(),
                        says.reachesBack(),
                        says.renamed(),
                        comparison.changes()),
                files);
    }

    /** {@code version.json} as data; what {@link VersionReader} reads again. */
    public Map<String, Object> manifest() {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("version", version.number());
        manifest.put("published", version.published().toString());
        manifest.put("effective", version.effective().toString());
        version.follows().ifPresent(hash -> manifest.put("follows", hash));
        manifest.put("languages", version.languages());
        if (!version.suspends().isEmpty()) {
            manifest.put("suspends", version.suspends());
            manifest.put("asks-within", version.asksWithin().toString());
        }
        if (!version.reachesBack().isEmpty()) {
            Map<String, String> grounds = new LinkedHashMap<>();
            version.reachesBack().forEach((path, back) -> grounds.put(path, back.ground()));
            manifest.put("reaches-back", grounds);
        }
        if (!version.renamed().isEmpty()) {
            manifest.put("renamed", version.renamed());
        }
        manifest.put(
                "changes", version.changes().stream().map(Publication::change).toList());
        manifest.put("files", version.files());
        return manifest;
    }

    /** A change as data. */
    public static Map<String, String> change(Change change) {
        Map<String, String> one = new LinkedHashMap<>();
        one.put("path", change.path());
        one.put("weight", change.weight() == Change.Weight.MATERIAL ? "material" : "editorial");
        one.put("reason", change.reason().word());
        change.language().ifPresent(language -> one.put("language", language));
        one.put("said", change.said());
        return one;
    }
}
