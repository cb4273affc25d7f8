package dev.kept.server.publish;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.notice.Notice;
import dev.kept.core.notice.version.Obeyed;
import dev.kept.core.notice.version.Published;
import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.RunService;
import dev.kept.stores.postgres.session.FaultPoints;
import dev.kept.stores.postgres.session.SessionOptions;
import dev.kept.stores.postgres.session.StoreException;
import dev.kept.stores.postgres.session.StoreSession;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What publishing would do, counted on the live stores: as of the day on which the version takes effect, or of now where that is today.
 *
 * @param asOf for which day
 */
public record WhatIf(LocalDate asOf, List<StoreEffect> stores) {

    public WhatIf {
        stores = List.copyOf(stores);
    }

    /**
     * Counts; changes nothing.
     *
     * @throws CannotRun where a store does not answer, or is worked on
     */
    public static WhatIf of(Home home, Candidate candidate) {
        ZoneId zone = candidate.notice().controller().zone();
        Instant now = home.clock().instant();
        Instant effective = candidate.says().effective().atStartOfDay(zone).toInstant();
        Instant at = effective.isAfter(now) ? effective : now;
        List<Published> versions = candidate.checked().editions().versions();
        Optional<Notice> before =
                candidate.before().map(last -> Obeyed.rules(last.notice(), versions, Optional.empty()));
        List<StoreEffect> stores = new ArrayList<>();
        for (BoundStore store : candidate.checked().stores().values()) {
            stores.add(effect(home, store, before, candidate, at));
        }
        return new WhatIf(LocalDate.ofInstant(at, zone), stores);
    }

    private static StoreEffect effect(
            Home home, BoundStore store, Optional<Notice> before, Candidate candidate, Instant at) {
        LiveStore live = LiveStore.open(home, store);
        RunService runs = new RunService(home.state(), home.clock(), FaultPoints.NONE);
        try (StoreSession session = runs.open(live, SessionOptions.sweeping("kept what-if"))) {
            return new Effects(home.state(), runs, session, live, at).of(before, candidate);
        } catch (StoreException e) {
            throw new CannotRun("`" + live.name() + "` cannot be counted: " + e.getMessage(), "try again later", e);
        }
    }

    public long forgotten() {
        return stores.stream()
                .flatMap(store -> store.tables().stream())
                .mapToLong(StoreEffect.Rows::forgotten)
                .sum();
    }

    public long kept() {
        return stores.stream()
                .flatMap(store -> store.tables().stream())
                .mapToLong(StoreEffect.Rows::kept)
                .sum();
    }

    public long consents() {
        return stores.stream()
                .flatMap(store -> store.consents().stream())
                .mapToLong(StoreEffect.Consents::rows)
                .sum();
    }

    /** Letters to write: one for each person it touches who can be reached. */
    public long letters() {
        return stores.stream()
                .flatMap(store -> store.persons().stream())
                .mapToLong(StoreEffect.Persons::reachable)
                .sum();
    }
}
