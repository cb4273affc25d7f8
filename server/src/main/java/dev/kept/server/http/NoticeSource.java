package dev.kept.server.http;

import dev.kept.core.notice.prose.Prose;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.http.Site.Answer;
import dev.kept.server.http.Site.Question;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The published notice; read again now and then, since versions are added and take effect while the server runs. */
final class NoticeSource implements Site.Shelving {

    private static final String ROUTE = "notice";

    private final Path folder;
    private final InstantSource clock;
    private volatile Set set;

    private record Set(Shelf shelf, Map<String, Document> documents) {}

    /** @throws CannotRun where nothing is published, or not what lies there */
    NoticeSource(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
        this.set = read();
    }

    private Set read() {
        Shelf shelf = Shelf.read(folder, clock);
        return new Set(shelf, NoticeDocuments.of(shelf));
    }

    /**
     * Takes up what was published meanwhile, and what is in force today.
     *
     * @throws CannotRun where what lies there cannot be served; what was served before goes on being served
     */
    void refresh() {
        set = read();
    }

    Shelf shelf() {
        return set.shelf();
    }

    @Override
    public Optional<Answer> find(Question question) {
        if (question.path().equals("/")) {
            return Optional.of(new Answer.Elsewhere(ROUTE, "/notice"));
        }
        if (question.path().equals("/notice") || question.path().equals("/notice/")) {
            return Optional.of(new Answer.Elsewhere(ROUTE, "/notice/" + language(question.languages())));
        }
        return Optional.ofNullable(set.documents().get(question.path()))
                .map(document -> new Answer.Found(ROUTE, document));
    }

    /** The reader's language where the notice has it (RFC 4647, lookup), else the original. */
    String language(String accepted) {
        List<String> known =
                set.shelf().current().texts().stream().map(Prose::language).toList();
        return Languages.choose(accepted, known);
    }
}
