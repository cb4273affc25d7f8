package dev.kept.server.api;

import dev.kept.server.request.Actor;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.signin.Action;
import dev.kept.server.signin.ApiKeys.Holder;
import dev.kept.server.state.StateChange;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A call that may be made and fits.
 *
 * @param parts what stands in the named parts of the path
 * @param match the header If-Match; empty where there is none
 * @param noted what is written together with what the call does, by the request's id
 */
record Asked(
        Holder holder,
        List<String> parts,
        Given query,
        Given body,
        Optional<String> match,
        Function<UUID, List<StateChange>> noted) {

    boolean may(Action action) {
        return holder.caller().may(action);
    }

    /** Who acts: in the ledger a key, in the private log which one. */
    Actor actor(String said) {
        return Actor.staff(holder.caller().role(), holder.caller().name(), said);
    }

    /** The same for somebody who works with the program. */
    Actor actor(String name, String said) {
        return Actor.staff(
                holder.caller().role(), name + ", with " + holder.caller().name(), said);
    }

    /** Whether the caller has read the request as it is now (RFC 9110, section 13.1.1). */
    void fresh(StoredRequest stored) {
        String given = match.orElseThrow(() -> NotDone.of(
                ProblemType.PRECONDITION_REQUIRED,
                "send the ETag of the request as it was read, so that nothing that happened since is overlooked"));
        boolean any = given.strip().equals("*");
        if (!any
                && java.util.Arrays.stream(given.split(",", -1))
                        .map(String::strip)
                        .noneMatch(tag(stored)::equals)) {
            throw stale();
        }
    }

    static NotDone stale() {
        return NotDone.of(ProblemType.STALE, "read it again");
    }

    static String tag(StoredRequest stored) {
        return "\"" + stored.version() + "\"";
    }

    @Override
    public String toString() {
        return "a call";
    }
}
