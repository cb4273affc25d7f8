package dev.kept.server.request;

import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.Stage;
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
        RENEW,
        /** To tell the recipients what was done. */
        TELL,
        /** To note in the stores what binds until somebody has weighed it. */
        NOTE,
        /** To take that back: it binds no more. */
        LIFT;

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

    /** What is next about a request that waited aside and goes on from a stage. */
    static StateChange goOn(UUID request, Stage.Open stage, Instant at) {
        return switch (stage) {
            case Stage.Received received -> next(request, Next.ADDRESS, at);
            case Stage.Proven proven -> next(request, Next.PROVEN, at);
            case Stage.CarryingOut carrying -> next(request, Next.CARRY_OUT, at);
            case Stage.Failed failed -> next(request, Next.CARRY_OUT, at);
            case Stage.InReview review -> aside(request);
            case Stage.Clarifying clarifying -> none(request);
            case Stage.Held held -> none(request);
        };
    }

    /** Tried in vain: again later. */
    static StateChange later(UUID request, Next taken, Instant at) {
        return StateChange.of(
                "update kept.request set work_at = ?, tries = tries + 1 where id = ? and work = ?",
                Requests.at(at),
                request,
                taken.word());
    }

    /** The work that was taken up is done, or nothing is to be done of it; what somebody else wants done since stands. */
    static StateChange done(UUID request, Next taken) {
        return StateChange.of(
                "update kept.request set work = null, work_at = null, tries = 0 where id = ? and work = ?",
                request,
                taken.word());
    }

    /** Nothing is done about it any more, but that what an objection left in the stores is taken back. */
    static StateChange over(StoredRequest stored, Instant at) {
        boolean noted = stored.request().ask().kind() == Kind.OBJECTION
                && stored.request().identity().isPresent();
        return noted ? next(stored.id(), Next.LIFT, at) : none(stored.id());
    }

    /** Nothing is done meanwhile, but what is still to be noted in the stores is. */
    static StateChange aside(UUID request) {
        return StateChange.of(
                "update kept.request set work = null, work_at = null, tries = 0 where id = ? and work is distinct from ?",
                request,
                Next.NOTE.word());
    }

    /** Noted once more, where another request's note was taken back; whoever has begun something else goes on with it. */
    static StateChange noteAgain(UUID request, Instant at) {
        return StateChange.of(
                "update kept.request set work = ?, work_at = ?, tries = 0 where id = ? and work is null",
                Next.NOTE.word(),
                Requests.at(at),
                request);
    }

    static StateChange none(UUID request) {
        return StateChange.of("update kept.request set work = null, work_at = null, tries = 0 where id = ?", request);
    }
}
