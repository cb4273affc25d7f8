package dev.kept.core.notice.page;

import dev.kept.core.notice.Category;
import dev.kept.core.notice.End;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.Share;
import dev.kept.core.notice.Use;
import dev.kept.core.notice.prose.Phrases;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.value.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The notice as JSON-LD in the terms of the Data Privacy Vocabulary, with the words of all its languages: each use is a
 * {@code dpv:Process}. What a rule is called elsewhere it is called here: its node is {@code #uses.newsletter}.
 */
public final class NoticeData {

    private final Notice notice;
    private final Edition edition;
    private final Map<String, Prose> prose = new LinkedHashMap<>();
    private final Map<String, Phrases> phrases = new LinkedHashMap<>();

    private NoticeData(Notice notice, List<Prose> prose, Edition edition) {
        this.notice = notice;
        this.edition = edition;
        prose.forEach(text -> {
            this.prose.put(text.language(), text);
            phrases.put(text.language(), text.phrases());
        });
    }

    /** @param prose in all languages, the original first */
    public static String of(Notice notice, List<Prose> prose, Edition edition) {
        return new Json(new NoticeData(notice, prose, edition).document()).pretty() + "\n";
    }

    private Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("@context", Vocabulary.context());
        document.put("id", "#notice");
        document.put("type", "dpv:PrivacyNotice");
        Map<String, Object> titles = new LinkedHashMap<>();
        prose.forEach((language, text) -> text.title().ifPresent(title -> titles.put(language, title.plain())));
        document.put("title", titles);
        edition.version().ifPresent(version -> {
            document.put("version", version.label());
            document.put("inForce", version.inForce().toString());
        });
        document.put("languages", List.copyOf(prose.keySet()));
        document.put("controller", controller());
        document.put(
                "collects",
                notice.collects().values().stream().map(this::category).toList());
        document.put(
                "processes", notice.uses().values().stream().map(this::process).toList());
        document.put(
                "recipients",
                notice.shares().values().stream().map(this::recipient).toList());
        document.put(
                "prohibitions",
                notice.never().stream()
                        .map(id -> "shares." + id)
                        .map(path -> node(path, "dpv:Prohibition"))
                        .toList());
        document.put("rights", rights());
        return document;
    }

    private Map<String, Object> controller() {
        Map<String, Object> controller = new LinkedHashMap<>();
        controller.put("id", "#controller");
        controller.put("type", "dpv:DataController");
        controller.put("name", notice.controller().name());
        controller.put("contact", notice.contact().email());
        if (!notice.contact().post().isEmpty()) {
            controller.put("address", notice.contact().post());
        }
        return controller;
    }

    private Map<String, Object> node(String path, Object type) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("id", "#" + path);
        node.put("type", type);
        String id = path.substring(path.lastIndexOf('.') + 1);
        node.put("label", words(in -> in.own(path, id)));
        return node;
    }

    /** The same said in every language. */
    private Map<String, Object> words(Function<Phrases, String> say) {
        Map<String, Object> words = new LinkedHashMap<>();
        phrases.forEach((language, in) -> words.put(language, say.apply(in)));
        return words;
    }

    /** A text of the rules, which are in the original language, and its translations. */
    private Map<String, Object> text(String path, String inRules) {
        return words(in -> in.own(path, inRules));
    }

    private Map<String, Object> category(Category category) {
        Map<String, Object> node = node(category.path(), Vocabulary.typesOf(category));
        node.put("source", Vocabulary.sourcesOf(category));
        return node;
    }

    private Map<String, Object> process(Use use) {
        Map<String, Object> process = node(use.path(), "dpv:Process");
        if (!use.purposes().isEmpty()) {
            process.put("purposes", use.purposes());
        }
        process.put("collects", use.data().stream().map(id -> "#collects." + id).toList());
        process.put("basis", Vocabulary.of(use.basis()));
        use.interest().ifPresent(interest -> process.put("comment", text(use.path() + ".interest", interest)));
        use.law().ifPresent(law -> process.put("law", law(use.path() + ".law", law)));
        if (use.anonymisedAtLeast().isPresent()) {
            process.put("measure", List.of("dpv:Anonymisation"));
        }
        if (!use.ends().isEmpty()) {
            process.put("storage", storage(use));
        }
        List<String> recipients = notice.shares().values().stream()
                .filter(share -> share.uses().contains(use.id()))
                .map(share -> "#" + share.path())
                .toList();
        if (!recipients.isEmpty()) {
            process.put("recipients", recipients);
        }
        process.put("controller", "#controller");
        return process;
    }

    private Map<String, Object> law(String path, String cited) {
        Map<String, Object> law = new LinkedHashMap<>();
        law.put("type", "dpv:Law");
        law.put("label", text(path, cited));
        return law;
    }

    private Map<String, Object> storage(Use use) {
        Map<String, Object> storage = new LinkedHashMap<>();
        storage.put("type", "dpv:StorageDuration");
        storage.put("label", words(in -> in.ends(use.ends())));
        List<Object> durations = new ArrayList<>();
        for (End.Clause clause : use.clauses()) {
            Map<String, Object> duration = new LinkedHashMap<>();
            duration.put("type", "dpv:TemporalDuration");
            duration.put("value", Vocabulary.duration(clause.span()));
            duration.put("label", words(in -> in.ends(List.of(clause))));
            durations.add(duration);
        }
        storage.put("duration", durations);
        return storage;
    }

    private Map<String, Object> recipient(Share share) {
        Map<String, Object> recipient = node(share.path(), Vocabulary.of(share.kind()));
        recipient.put(
                "collects", share.data().stream().map(id -> "#collects." + id).toList());
        share.country().ifPresent(country -> recipient.put("thirdCountry", "loc:" + country));
        share.safeguard()
                .ifPresent(safeguard -> recipient.put("comment", text(share.path() + ".safeguard", safeguard)));
        return recipient;
    }

    private List<Map<String, Object>> rights() {
        List<Map<String, Object>> rights = new ArrayList<>();
        for (String right : notice.rights().granted()) {
            Optional<String> term = Vocabulary.right(right);
            Map<String, Object> node = node("rights." + right, term.orElse("dpv:Right"));
            notice.rights().form().ifPresent(form -> node.put("exercisedAt", form));
            rights.add(node);
        }
        return rights;
    }
}
