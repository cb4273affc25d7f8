package dev.kept.server.state;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Pages made by one process and served by all: those of one report belong together, and take the place of the one before in one transaction. */
public final class Served {

    private final Jdbi jdbi;
    private final InstantSource clock;

    Served(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** @param path from the site's root, as in {@code /report/en} */
    @SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
    public record Page(String path, String mediaType, byte[] body) {}

    /** A page with the time at which it was made. */
    public record Made(Page page, Instant at) {}

    /** Puts these pages in the place of all there are. */
    public void replace(List<Page> pages) {
        OffsetDateTime now = Runs.at(clock.instant());
        List<StateChange> changes = new ArrayList<>(List.of(StateChange.of("delete from kept.served")));
        pages.forEach(page -> changes.add(StateChange.of(
                "insert into kept.served (path, media_type, body, made_at) values (?, ?, ?, ?)",
                page.path(),
                page.mediaType(),
                page.body(),
                now)));
        jdbi.useTransaction(handle -> StateChange.apply(handle, changes));
    }

    public Optional<Made> page(String path) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select path, media_type, body, made_at from kept.served where path = :path")
                .bind("path", path)
                .map((row, context) -> new Made(
                        new Page(row.getString("path"), row.getString("media_type"), row.getBytes("body")),
                        row.getObject("made_at", OffsetDateTime.class).toInstant()))
                .findOne());
    }
}
