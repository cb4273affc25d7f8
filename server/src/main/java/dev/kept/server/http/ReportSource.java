package dev.kept.server.http;

import dev.kept.server.http.Site.Answer;
import dev.kept.server.http.Site.Question;
import dev.kept.server.state.Served;
import dev.kept.server.state.State;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/** The last report, as whichever process made it left it in Kept's own database. */
final class ReportSource implements Site.Shelving {

    private static final String ROUTE = "report";

    private final State state;

    ReportSource(State state) {
        this.state = state;
    }

    @Override
    public Optional<Answer> find(Question question) {
        String path = question.path();
        if (!path.equals("/report")
                && !path.startsWith("/report/")
                && !path.startsWith("/report.")
                && !path.equals("/badge.svg")) {
            return Optional.empty();
        }
        try {
            return state.served().page(path).map(ReportSource::answer);
        } catch (JdbiException e) {
            return Optional.of(new Answer.Broken(ROUTE, "kept's own database does not answer: try again later"));
        }
    }

    private static Answer answer(Served.Made made) {
        Served.Page page = made.page();
        return new Answer.Found(ROUTE, Document.of(page.body(), page.mediaType()));
    }
}
