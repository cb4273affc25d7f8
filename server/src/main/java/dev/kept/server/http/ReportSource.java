package dev.kept.server.http;

import dev.kept.server.http.Site.Answer;
import dev.kept.server.http.Site.Question;
import dev.kept.server.state.Served;
import dev.kept.server.state.State;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jdbi.v3.core.JdbiException;

/**
 * The last report under {@code /report/}, as whichever process made it left it in Kept's own database: a page a language, {@code prove.json},
 * {@code badge.svg}, and what proves them.
 */
final class ReportSource implements Site.Shelving {

    /** Where reports stand. */
    static final String ROOT = "/report/";

    private static final String ROUTE = "report";

    /** A file of the report. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private static final Map<String, String> TYPES = Map.of(
            "html", Document.HTML,
            "json", Document.JSON,
            "svg", Document.SVG,
            "txt", Document.TEXT);

    private final State state;
    private final UnaryOperator<String> languages;

    /** @param languages the language of the notice for what a reader accepts */
    ReportSource(State state, UnaryOperator<String> languages) {
        this.state = state;
        this.languages = languages;
    }

    /** The media type of a file of the report. */
    static String type(String name) {
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), Document.TEXT);
    }

    @Override
    public Optional<Answer> find(Question question) {
        String path = question.path();
        if (path.equals("/report") || path.equals(ROOT)) {
            return Optional.of(
                    new Answer.Elsewhere(ROUTE, ROOT + "report." + languages.apply(question.languages()) + ".html"));
        }
        if (!path.startsWith(ROOT)
                || !NAME.matcher(path.substring(ROOT.length())).matches()) {
            return Optional.empty();
        }
        try {
            Optional<Answer> found = state.served().page(path).map(ReportSource::answer);
            return found.isPresent() || !path.endsWith(".html") ? found : Optional.of(notYet());
        } catch (JdbiException e) {
            return Optional.of(new Answer.Broken(ROUTE, "kept's own database does not answer: try again later"));
        }
    }

    private static Answer answer(Served.Made made) {
        Served.Page page = made.page();
        return new Answer.Found(ROUTE, Document.of(page.body(), page.mediaType()));
    }

    private static Answer notYet() {
        String text = "The notice has not been proved yet, or not in this language.\n";
        return new Answer.Found(
                ROUTE, Document.fresh(text.getBytes(StandardCharsets.UTF_8), Document.TEXT, Document.tag(text)));
    }
}
