package dev.kept.server.api;

import dev.kept.core.datamap.BoundStore;
import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.http.Premises;
import dev.kept.server.request.Office;
import dev.kept.server.run.LiveStore;
import dev.kept.server.state.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What calls work with: the notice, its stores and requests, by the folder as it was read within the last minute or two. */
final class Bureau {

    private static final Duration FRESH = Duration.ofMinutes(1);

    private final Premises premises;
    private final Function<Home, Office> offices;
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile Read read;

    private record Read(Home home, Office office, Instant at) {}

    Bureau(Premises premises, Function<Home, Office> offices) {
        this.premises = premises;
        this.offices = offices;
        this.read = read(premises.home());
    }

    private Read read(Home home) {
        return new Read(home, offices.apply(home), home.clock().instant());
    }

    /** No call waits for the folder: it is read again beside it. */
    private Read now() {
        Read last = read;
        if (premises.home().clock().instant().isAfter(last.at().plus(FRESH)) && reading.compareAndSet(false, true)) {
            Thread.ofVirtual().start(this::again);
        }
        return last;
    }

    /** Where the folder cannot be obeyed just now, what was read before goes on being obeyed. */
    private void again() {
        try {
            read = read(premises.home().again());
        } catch (CannotRun e) {
            Read last = read;
            read = new Read(last.home(), last.office(), premises.home().clock().instant());
        } finally {
            reading.set(false);
        }
    }

    Home home() {
        return now().home();
    }

    Office office() {
        return now().office();
    }

    State state() {
        return premises.home().state();
    }

    Instant instant() {
        return premises.home().clock().instant();
    }

    /** Languages in which people are answered, the notice's original first. */
    List<String> languages() {
        return premises.notice().get().texts().stream()
                .map(text -> text.language())
                .toList();
    }

    /** @throws NotDone where one does not answer, or is isolated */
    List<LiveStore> stores() {
        return home().stores(Optional.empty()).stream()
                .map(store -> answering(store, LiveStore::open))
                .toList();
    }

    /** A store by its name, to use what is in it. */
    Optional<LiveStore> store(String name) {
        return bound(name).map(store -> answering(store, LiveStore::open));
    }

    /** The same, to decide of who is back in it. */
    Optional<LiveStore> evenIsolated(String name) {
        return bound(name).map(store -> answering(store, LiveStore::evenIsolated));
    }

    private Optional<BoundStore> bound(String name) {
        return home().stores(Optional.empty()).stream()
                .filter(store -> store.store().name().equals(name))
                .findFirst();
    }

    private LiveStore answering(BoundStore store, BiFunction<Home, BoundStore, LiveStore> opening) {
        try {
            return opening.apply(home(), store);
        } catch (CannotRun e) {
            throw unavailable(store.store().name());
        }
    }

    static NotDone unavailable(String store) {
        return NotDone.of(
                        ProblemType.STORE_UNAVAILABLE,
                        "`" + store + "` does not answer, is isolated, or its map no longer fits")
                .with("Retry-After", "60");
    }
}
