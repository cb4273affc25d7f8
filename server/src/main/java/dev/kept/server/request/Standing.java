package dev.kept.server.request;

import dev.kept.core.rights.request.Event;
import dev.kept.core.rights.request.NotAllowed;
import dev.kept.core.rights.request.Stage;
import org.jdbi.v3.core.Handle;

/**
 * What was done for a request and stands: her data is gone or restricted, or uses have ended for her. Such a request is answered, in whole or in part, so that
 * she hears of it, and who received her data (GDPR Art. 12(3), 18(3), 19); it ends in no other way, and does not begin anew over it.
 */
final class Standing {

    /** A run that did not end well has done something, or may have. */
    private static final String DONE =
            "select exists (select from kept.request_store where request = :request and (state = 'done' or run is not null))"
                    + " or exists (select from kept.person_fact where request = :request and what in ('restricted', 'ended'))";

    /** A letter that told of the end of a restriction may come back, and it binds again then, see {@link Restrictions}. */
    private static final String RESTRICTS =
            "select exists (select from kept.person_fact where request = :request and what = 'restricted')"
                    + " or exists (select from kept.request_lift where request = :request)";

    private static final String LEFT_TO_DO =
            "select exists (select from kept.request where id = :request and work in ('tell', 'lift'))"
                    + " or exists (select from kept.correction where request = :request and told_at is null)";

    private Standing() {}

    /** Whether something stands of which only an answer tells. */
    static boolean of(Handle handle, StoredRequest stored) {
        return mayHaveBegun(stored) && is(handle, DONE, stored);
    }

    /** What takes effect at once does with the proof; the rest is done before a request fails, and at no other stage that is waited in. */
    private static boolean mayHaveBegun(StoredRequest stored) {
        Stage stage = stored.request().stage();
        Stage where = stage instanceof Stage.Aside aside ? aside.before() : stage;
        boolean atOnce = stored.request().ask().kind().atOnce()
                && stored.request().identity().isPresent();
        return !HandingOut.reads(stored.request().ask().kind()) && (atOnce || where instanceof Stage.Failed);
    }

    /**
     * Looks with the request's row locked: nobody does anything by hand meanwhile.
     *
     * @param stored as it was before the event
     * @throws NotAllowed where the event would leave behind what stands
     */
    static void check(Handle handle, StoredRequest stored, Event event) {
        boolean ends = event instanceof Event.Refuse
                || event instanceof Event.Withdraw
                || event instanceof Event.Expire
                || event instanceof Event.Join;
        if (ends && of(handle, stored)) {
            throw new NotAllowed(
                    "something was done for it already: it can only be answered, in whole or in part, so that the person hears what was done");
        }
        if (event instanceof Event.Reopen) {
            if (is(handle, RESTRICTS, stored)) {
                throw new NotAllowed(
                        "her data is restricted on its account, or was: it is not begun anew, and what she asks now is a request of its own");
            }
            if (is(handle, LEFT_TO_DO, stored)) {
                throw new NotAllowed(
                        "recipients have still to be told of what was done for it, or a note in a store to be taken back: begin it anew after that");
            }
        }
    }

    private static boolean is(Handle handle, String sql, StoredRequest stored) {
        return handle.createQuery(sql)
                .bind("request", stored.id())
                .mapTo(Boolean.class)
                .one();
    }
}
