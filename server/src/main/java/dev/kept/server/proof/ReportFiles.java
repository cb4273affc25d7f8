package dev.kept.server.proof;

import dev.kept.core.notice.Notice;
import dev.kept.core.notice.page.Edition;
import dev.kept.core.notice.prose.Prose;
import dev.kept.core.notice.version.Published;
import dev.kept.core.proof.Badge;
import dev.kept.core.proof.Evidence;
import dev.kept.core.proof.Report;
import dev.kept.core.proof.ReportDocument;
import dev.kept.core.proof.page.ReportPage;
import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The report as files for a site or a drawer: a page a language, the document, the badge, and what proves them. */
public final class ReportFiles {

    private final Report report;
    private final Notice notice;
    private final Optional<Published> version;
    private final Optional<Proven> proven;

    /**
     * @param version the newest published; empty where none is
     * @param proven what the ledger says of it; empty where it is in none
     */
    public ReportFiles(Report report, Notice notice, Optional<Published> version, Optional<Proven> proven) {
        this.report = report;
        this.notice = notice;
        this.version = version;
        this.proven = proven;
    }

    /** Of what was found in this home, proven by its ledger. */
    public static ReportFiles of(Home home, Report report) {
        List<Published> versions = home.checked().editions().versions();
        return new ReportFiles(
                report,
                home.checked().notice().orElseThrow(),
                versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast()),
                LedgerEvidence.of(home, report));
    }

    /** The files by name. */
    public Map<String, byte[]> all() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Edition edition = edition();
        Optional<Evidence> evidence = proven.map(Proven::evidence);
        for (Prose text : report.prose()) {
            put(files, page(text), ReportPage.of(report, notice, text, edition, evidence));
        }
        put(files, "prove.json", CanonicalJson.write(document()) + "\n");
        put(files, "badge.svg", Badge.svg(report, notice.controller().zone()));
        proven.ifPresent(proof -> files.putAll(proof.files()));
        return files;
    }

    /** The document, with its evidence. */
    public Map<String, Object> document() {
        return ReportDocument.of(report, proven.map(Proven::said).orElse(Map.of()));
    }

    private static void put(Map<String, byte[]> files, String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String page(Prose text) {
        return "report." + text.language() + ".html";
    }

    private Edition edition() {
        List<Edition.Translation> translations = report.prose().stream()
                .map(text -> new Edition.Translation(text.language(), page(text), Optional.empty(), Optional.empty()))
                .toList();
        return new Edition(
                version.map(published -> new Edition.Version(
                        Integer.toString(published.version().number()),
                        published.version().effective(),
                        "sha256:" + published.hash())),
                translations,
                Optional.empty(),
                List.of());
    }

    /**
     * Writes them into a folder, which is made where it is not there.
     *
     * @throws CannotRun where it cannot be written to
     */
    public void write(Path folder) {
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, byte[]> file : all().entrySet()) {
                Files.write(folder.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw new CannotRun(
                    "the report cannot be written to `" + folder + "`", "name a folder that can be written to", e);
        }
    }
}
