package dev.kept.server.run;

import dev.kept.core.notice.Share;
import dev.kept.core.source.Problem;
import dev.kept.stores.postgres.correct.Found;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What came of a request for correction. No value is in it.
 *
 * @param run empty where nothing was to be written
 * @param problems why nothing was changed, all at once
 * @param found what changes (or would), and where an old value still stands
 * @param recipients who may have been given the data, and must be told (Art. 19)
 * @param earlier what became of corrections that had broken off
 */
public record Corrected(
        State state,
        Optional<UUID> run,
        List<Problem> problems,
        Found found,
        List<Share> recipients,
        List<Earlier> earlier) {

    public Corrected {
        problems = List.copyOf(problems);
        recipients = List.copyOf(recipients);
        earlier = List.copyOf(earlier);
    }

    /** How it ended. */
    public enum State {
        /** Changed, and seen to stand. */
        DONE,
        /** Everything stood there already. */
        NOTHING,
        /** Nothing was changed: see the problems. */
        REFUSED,
        /** It could be done; nothing was changed. */
        DRY_RUN
    }

    /** A correction that had broken off: its values were not kept, so it is not taken up again. */
    public record Earlier(UUID run, Fate fate) {}

    /** What became of it. */
    public enum Fate {
        CARRIED_OUT,
        NOT_CARRIED_OUT,
        /** The store was started anew or restored since: look, and give it again where it is missing. */
        UNKNOWN
    }
}
