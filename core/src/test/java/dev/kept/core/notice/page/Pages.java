package dev.kept.core.notice.page;

import dev.kept.core.notice.Notice;
import dev.kept.core.notice.NoticeReader;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.notice.prose.ProseReader;
import dev.kept.core.source.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Notices whose pages tests look at. */
final class Pages {

    private static final Path LARKFIELD = Path.of("..", "examples", "larkfield", "privacy");

    static final String RULES = """
            notice: small
            languages: [en]
            controller: {name: Small & Sons <b>, email: privacy@small.example, post: "1 Lane, Town", zone: Europe/Berlin}
            collects:
              name: {from: you, is: pd:Name}
              email: {from: you, is: pd:EmailAddress}
            uses:
              account: {basis: contract, data: [name, email], ends: [{after: account.closed, for: 30 days}]}
              letters: {basis: consent, data: [email], ends: [{after: letters.given, for: 1 year}]}
              counting: {form: anonymised, at-least: 10, basis: legitimate-interests, interest: knowing what sells, data: [name]}
            keeps:
              longest: 1 year
            rights: {answered-within: 30 days, access: {}}
            """;

    static final String WORDS = """
            ---
            words:
              collects: {name: your name, email: your e-mail address}
              uses: {account: your account, letters: letters, counting: counting}
              account.closed: you close it
              letters.given: you agreed
              keeps.then: {rows.delete: delete it}
            ---
            """;

    private Pages() {}

    static Notice small() {
        return NoticeReader.draft(new SourceText("notice.yaml", RULES)).value().orElseThrow();
    }

    /** The small notice's prose in English with this body. */
    static Prose prose(String body) {
        return prose("en", WORDS + body);
    }

    static Prose prose(String language, String text) {
        return ProseReader.read(new SourceText(ProseReader.fileOf(language), text), language, small())
                .value()
                .orElseThrow();
    }

    static Notice larkfield() {
        return NoticeReader.read(file("notice.yaml")).value().orElseThrow();
    }

    static Prose larkfield(String language) {
        String name = ProseReader.fileOf(language);
        return ProseReader.read(file(name), language, larkfield()).value().orElseThrow();
    }

    private static SourceText file(String name) {
        try {
            return new SourceText(name, Files.readString(LARKFIELD.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Version 3, with two languages, all formats and one former version. */
    static Edition published() {
        return new Edition(
                Optional.of(new Edition.Version("3", LocalDate.of(2026, 3, 1), "sha256:abc")),
                List.of(translation("en"), translation("de")),
                Optional.of("notice.jsonld"),
                List.of(new Edition.Earlier("2", LocalDate.of(2025, 1, 2), "2/notice.en.html")));
    }

    private static Edition.Translation translation(String language) {
        return new Edition.Translation(
                language,
                "notice." + language + ".html",
                Optional.of("notice." + language + ".md"),
                Optional.of("notice." + language + ".txt"));
    }
}
