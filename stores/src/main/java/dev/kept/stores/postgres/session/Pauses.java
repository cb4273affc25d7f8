package dev.kept.stores.postgres.session;

import java.time.Duration;

/** Waits between batches and attempts. */
@FunctionalInterface
public interface Pauses {

    void pause(Duration duration);

    static Pauses sleeping() {
        return duration -> {
            try {
                Thread.sleep(duration);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }
}
