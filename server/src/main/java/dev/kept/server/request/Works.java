package dev.kept.server.request;

import dev.kept.server.state.StateChange;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** What a process does next about a request; at most one thing, due at a time. */
final class Works {

    private Works() {}

    enum Next {
        /** To see whether a store has the address, and to send the link there. */
        ADDRESS,
        /** It is known who asks: to give it to a person, or to carry it out. */
        PROVEN,
        /** To carry it out. */
        CARRY_OUT,
        /** To make its answer anew, which has expired. */
        RENEW;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Next of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    static StateChange next(UUID request, Next next, Instant at) {
        return StateChange.of(
                "update kept.request set work = ?, work_at = ?, tries = 0 where id = ?",
                next.word(),
                Requests.at(at),
                request);
    }

    /** Tried in vain: again later. */
    static StateChange later(UUID request, Instant at) {
        return StateChange.of(
                "update kept.request set work_at = ?, tries = tries + 1 where id = ?", Requests.at(at), request);
    }

    static StateChange none(UUID request) {
        return StateChange.of("update kept.request set work = null, work_at = null, tries = 0 where id = ?", request);
    }
}
