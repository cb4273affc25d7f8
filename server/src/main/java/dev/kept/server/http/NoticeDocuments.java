package dev.kept.server.http;

import dev.kept.core.html.Html;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.page.Edition;
import dev.kept.core.notice.page.Margin;
import dev.kept.core.notice.page.NoticeData;
import dev.kept.core.notice.page.NoticeMarkdown;
import dev.kept.core.notice.page.NoticePage;
import dev.kept.core.notice.page.NoticeText;
import dev.kept.core.notice.prose.Phrases;
import dev.kept.core.notice.prose.Prose;
import dev.kept.server.http.Shelf.Volume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pages of a notice by their paths: {@code /notice/LANGUAGE} with {@code .md} and {@code .txt} and {@code /notice.jsonld} for the
 * version in force, the same under {@code /notice/vN/} for every version.
 */
final class NoticeDocuments {

    private static final String ROOT = "/notice";

    private final Shelf shelf;
    private final Map<String, Document> documents = new LinkedHashMap<>();

    private NoticeDocuments(Shelf shelf) {
        this.shelf = shelf;
    }

    static Map<String, Document> of(Shelf shelf) {
        NoticeDocuments made = new NoticeDocuments(shelf);
        for (Volume volume : shelf.volumes()) {
            made.add(volume, ROOT + "/v" + volume.number());
        }
        made.add(shelf.current(), ROOT);
        return made.documents;
    }

    private void add(Volume volume, String path) {
        Notice notice = volume.published().notice();
        boolean versioned = !path.equals(ROOT);
        String data = versioned ? path + "/notice.jsonld" : ROOT + ".jsonld";
        Edition edition = edition(volume, path, data);
        for (Prose text : volume.texts()) {
            Margin margin = versioned && volume.number() != shelf.inForce()
                    ? new OtherVersion(volume, text.phrases(), ROOT + "/" + text.language())
                    : Margin.NONE;
            String page = path + "/" + text.language();
            documents.put(
                    page,
                    Document.text(
                            NoticePage.of(notice, text, edition, margin),
                            Document.HTML,
                            Optional.of(NoticePage.policy(margin) + "; frame-ancestors 'self'")));
            documents.put(page + ".md", Document.text(NoticeMarkdown.of(text, edition), Document.MARKDOWN));
            documents.put(page + ".txt", Document.text(NoticeText.of(text, edition), Document.TEXT));
        }
        documents.put(data, Document.text(NoticeData.of(notice, volume.texts(), edition), Document.JSON_LD));
    }

    private Edition edition(Volume volume, String path, String data) {
        List<Edition.Translation> translations = new ArrayList<>();
        for (Prose text : volume.texts()) {
            String page = path + "/" + text.language();
            translations.add(new Edition.Translation(
                    text.language(), page, Optional.of(page + ".md"), Optional.of(page + ".txt")));
        }
        return new Edition(
                Optional.of(new Edition.Version(
                        Integer.toString(volume.number()),
                        volume.published().version().effective(),
                        "sha256:" + volume.published().hash())),
                translations,
                Optional.of(data),
                earlier(volume));
    }

    private List<Edition.Earlier> earlier(Volume volume) {
        List<Edition.Earlier> earlier = new ArrayList<>();
        for (Volume other : shelf.volumes().reversed()) {
            if (other.number() < volume.number() && !other.texts().isEmpty()) {
                earlier.add(new Edition.Earlier(
                        Integer.toString(other.number()),
                        other.published().version().effective(),
                        ROOT + "/v" + other.number() + "/"
                                + other.texts().getFirst().language()));
            }
        }
        return earlier;
    }

    /** Says on the page of a version that another one is in force, and leads there. */
    private final class OtherVersion implements Margin {
        private final Volume volume;
        private final Phrases phrases;
        private final String current;

        OtherVersion(Volume volume, Phrases phrases, String current) {
            this.volume = volume;
            this.phrases = phrases;
            this.current = current;
        }

        @Override
        public Html top() {
            boolean upcoming = volume.number() > shelf.inForce();
            String date = phrases.date(volume.published().version().effective());
            return new Html()
                    .raw("<p class=\"other-version\" role=\"note\"><strong>")
                    .text(upcoming ? phrases.page("upcoming", Map.of("date", date)) : phrases.page("superseded"))
                    .raw("</strong> <a")
                    .attribute("href", current)
                    .raw(">")
                    .text(phrases.page("current"))
                    .raw("</a></p>\n");
        }

        @Override
        public String style() {
            return ".other-version{border:2px solid var(--accent);padding:.8rem 1.1rem;margin:1.1rem 0}";
        }
    }
}
