package dev.kept.server.http;

import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.TimeUnit;

/** Counts and durations of answers by kind of address and status; nothing of who asked or for what exactly. */
final class Traffic {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    PrometheusMeterRegistry registry() {
        return registry;
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
