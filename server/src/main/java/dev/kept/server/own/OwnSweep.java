package dev.kept.server.own;

import dev.kept.server.configuration.Home;
import dev.kept.server.run.Operator;
import dev.kept.server.run.Outcome;
import dev.kept.server.run.RunService;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.run.RunWatch;
import java.util.Optional;

/** Forgets what Kept itself need not know of requests any more. */
public final class OwnSweep {

    /** Much of it goes at once, each time requests are closed: nobody is asked. */
    private static final int NO_BRAKE = 100;

    private OwnSweep() {}

    /** Empty where nothing is held. */
    public static Optional<Outcome> sweep(
            Home home, RunService runs, Operator operator, RunOptions options, RunWatch watch) {
        boolean held = home.state()
                .database()
                .withHandle(handle -> handle.createQuery(
                                "select exists (select from kept.request) or exists (select from kept.mail)"
                                        + " or exists (select from kept.correction) or exists (select from kept.informing)"
                                        + " or exists (select from kept.hook) or exists (select from kept.answer)"
                                        + " or exists (select from kept.request_asked_link)")
                        .mapTo(Boolean.class)
                        .one());
        return held
                ? Optional.of(runs.sweep(OwnStore.live(home), operator, NO_BRAKE, options, watch))
                : Optional.empty();
    }
}
