package dev.kept.core.proof.retention;

import java.time.Instant;
import java.util.Optional;

/**
 * How it stands with the sweeps of a store.
 *
 * @param running since when one is at work; empty where none is known to be
 * @param atWork whether one is at work now, also where its beginning is not known
 * @param waiting since when one waits for another operator's yes
 * @param brokeOff since when one has broken off and waits to be taken up again
 * @param lastEnded when the last one ended
 */
public record Sweeps(
        Optional<Instant> running,
        boolean atWork,
        Optional<Instant> waiting,
        Optional<Instant> brokeOff,
        Optional<Instant> lastEnded) {

    /** No sweep was ever begun. */
    public static final Sweeps NONE =
            new Sweeps(Optional.empty(), false, Optional.empty(), Optional.empty(), Optional.empty());

    public Sweeps {
        if (running.isPresent() && !atWork) {
            throw new IllegalArgumentException("what has been running since then is at work");
        }
    }

    /** The same, seen at work in the store. */
    public Sweeps seenAtWork() {
        return new Sweeps(running, true, waiting, brokeOff, lastEnded);
    }

    /** What to say of them beside what is due: one half sentence. */
    String said() {
        String last = lastEnded.map(end -> "the last sweep ended at " + end).orElse("no sweep has ended yet");
        return waiting.map(since -> last + ", and one waits since " + since + " for another operator's yes")
                .or(() -> brokeOff.map(since -> last + ", and one that began at " + since + " has broken off"))
                .orElse(last);
    }

    /** What to try about what is due. */
    String attempt(String store) {
        return waiting.isPresent()
                ? "say yes to the sweep that waits (`kept approve`), then `kept sweep --store " + store + "`"
                : "kept sweep --store " + store;
    }
}
