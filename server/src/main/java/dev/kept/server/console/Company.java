package dev.kept.server.console;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.notice.Notice;
import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.http.Refused;
import dev.kept.server.http.Trouble;
import dev.kept.server.request.Office;
import dev.kept.server.state.State;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** The notice and the maps as the folder says them, read again now and then; no page waits for that. */
final class Company {

    private static final Duration FRESH = Duration.ofMinutes(1);

    private final Home first;
    private final Function<Home, Office> offices;
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile Read read;

    private record Read(Home home, Office office, Instant at) {}

    /** @param offices all that works on requests, by the folder as it was read */
    Company(Home home, Function<Home, Office> offices) {
        this.first = home;
        this.offices = offices;
        this.read = new Read(home, offices.apply(home), home.clock().instant());
    }

    Home home() {
        return read().home();
    }

    Office office() {
        return read().office();
    }

    private Read read() {
        Read now = read;
        Instant at = first.clock().instant();
        if (at.isAfter(now.at().plus(FRESH)) && reading.compareAndSet(false, true)) {
            Thread.ofVirtual().start(this::again);
        }
        return now;
    }

    /** Where the folder cannot be obeyed just now, what was read before goes on being shown. */
    private void again() {
        try {
            Home home = first.again();
            read = new Read(home, offices.apply(home), first.clock().instant());
        } catch (CannotRun e) {
            read = new Read(read.home(), read.office(), first.clock().instant());
        } finally {
            reading.set(false);
        }
    }

    State state() {
        return first.state();
    }

    Notice notice() {
        return home().checked().notice().orElseThrow(() -> new Refused(Trouble.UNAVAILABLE));
    }

    List<BoundStore> stores() {
        return new ArrayList<>(home().checked().stores().values());
    }

    /** The store of this name; of none, the first. */
    BoundStore store(String name) {
        return stores().stream()
                .filter(store -> name.isEmpty() || store.store().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refused(Trouble.NOT_FOUND));
    }

    Instant now() {
        return first.clock().instant();
    }

    /** Where the controller is: days begin and end there. */
    ZoneId zone() {
        return notice().controller().zone();
    }

    LocalDate today() {
        return LocalDate.ofInstant(now(), zone());
    }
}
