package dev.kept.server.http;

import dev.kept.core.proof.Report;
import dev.kept.core.rights.request.Deadline;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts and durations of answers by kind of address and status; nothing of who asked or for what exactly. */
final class Traffic {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private final Map<String, AtomicLong> verdicts = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> requests = new ConcurrentHashMap<>();
    private final AtomicLong proved =
            Objects.requireNonNull(registry.gauge("kept.proved.timestamp.seconds", new AtomicLong()));

    PrometheusMeterRegistry registry() {
        return registry;
    }

    /** Promises by verdict, and when they were looked at. */
    void proved(Report report) {
        report.counts()
                .forEach((kind, count) -> verdicts.computeIfAbsent(
                                kind.word(),
                                word -> Objects.requireNonNull(registry.gauge(
                                        "kept.promises", List.of(Tag.of("verdict", word)), new AtomicLong())))
                        .set(count));
        proved.set(report.asOf().getEpochSecond());
    }

    /** Open requests by how near their last day is. */
    void requests(Map<Deadline.Alarm, Long> open) {
        open.forEach((alarm, count) -> requests.computeIfAbsent(
                        alarm.word(),
                        word -> Objects.requireNonNull(
                                registry.gauge("kept.requests.open", List.of(Tag.of("alarm", word)), new AtomicLong())))
                .set(count));
    }

    void answered(String route, int status, long began) {
        Timer.builder("kept.http.answers")
                .description("answers over HTTP")
                .tag("route", route)
                .tag("status", Integer.toString(status))
                .register(registry)
                .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }
}
