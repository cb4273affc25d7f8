package dev.kept.server.http;

import dev.kept.server.http.Site.Answer;
import dev.kept.server.http.Site.Question;
import dev.kept.server.state.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether the process lives ({@code /health/live}) and can serve ({@code /health/ready}), for whoever restarts it or sends it readers; and its
 * {@code /metrics}, in the format of Prometheus.
 */
final class HealthSource implements Site.Shelving {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final State state;
    private final Traffic traffic;

    HealthSource(State state, Traffic traffic) {
        this.state = state;
        this.traffic = traffic;
    }

    @Override
    public Optional<Answer> find(Question question) {
        return switch (question.path()) {
            case "/health/live" -> Optional.of(said("health", "alive"));
            case "/health/ready" ->
                Optional.of(
                        state.answers(PATIENCE)
                                ? said("health", "ready")
                                : new Answer.Broken("health", "kept's own database does not answer"));
            case "/metrics" -> Optional.of(said("metrics", traffic.registry().scrape()));
            default -> Optional.empty();
        };
    }

    private static Answer said(String route, String text) {
        String line = text.endsWith("\n") ? text : text + "\n";
        return new Answer.Found(
                route, Document.fresh(line.getBytes(StandardCharsets.UTF_8), Document.TEXT, Document.tag(line)));
    }
}
