package dev.kept.server.request;

import dev.kept.core.rights.request.Ask;
import dev.kept.server.request.StoredRequest.Channel;
import dev.kept.server.state.SqlState;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.JdbiException;

/** Takes requests over that another system took in. Each begins as received, unproven, on the day on which it came. */
public final class TakingOver {

    private final State state;
    private final Requests requests;

    TakingOver(State state, Requests requests) {
        this.state = state;
        this.requests = requests;
    }

    /**
     * Takes one over.
     *
     * @param reference how the other system calls it: it is taken over once
     * @param link whether she is sent a one-time link, where a store has the address
     * @return empty where it was taken over before
     */
    public Optional<StoredRequest> takeOver(
            Ask ask, Typed typed, String language, Instant receivedAt, String reference, boolean link, Actor staff) {
        StoredRequest fresh = requests.fresh(ask, Channel.IMPORT, language, receivedAt);
        List<StateChange> with = new ArrayList<>(
                List.of(StateChange.of("update kept.request set reference = ? where id = ?", reference, fresh.id())));
        if (link && !typed.address().isBlank()) {
            with.add(Works.next(fresh.id(), Works.Next.ADDRESS, state.clock().instant()));
        }
        try {
            requests.add(fresh, typed, staff, with);
            return Optional.of(fresh);
        } catch (JdbiException e) {
            // the number, too, is there once: that it was the reference is looked up
            if (SqlState.taken(e) && there(reference)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private boolean there(String reference) {
        return state.database()
                .withHandle(handle -> handle.createQuery("select id from kept.request where reference = ?")
                        .bind(0, reference)
                        .mapTo(UUID.class)
                        .findOne())
                .isPresent();
    }
}
