package dev.kept.server.request;

import dev.kept.core.rights.request.Event;
import dev.kept.core.rights.request.NotAllowed;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.state.CanonicalJson;
import dev.kept.server.state.State;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What lies beside a request: what the person typed, where she can be reached, who she is in the stores, how far each store is. */
public final class Details {

    private final State state;

    public Details(State state) {
        this.state = state;
    }

    /** Personal data: not for everybody who may see the request. */
    public Optional<Typed> typed(UUID request) {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select name, address, words, details from kept.request_typed where request = ?")
                        .bind(0, request)
                        .map((row, context) -> new Typed(
                                row.getString("name"),
                                row.getString("address"),
                                row.getString("words"),
                                CanonicalJson.texts(row.getString("details"))))
                        .findOne());
    }

    /** Personal data, as above. */
    public Optional<String> addressOnFile(UUID request) {
        return state.database()
                .withHandle(handle -> handle.createQuery("select address from kept.request_on_file where request = ?")
                        .bind(0, request)
                        .mapTo(String.class)
                        .findOne());
    }

    /** Whether it is still being looked for who asks. */
    public boolean soughtStill(UUID request) {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select exists (select from kept.request where id = ? and work = ?)")
                        .bind(0, request)
                        .bind(1, Works.Next.ADDRESS.word())
                        .mapTo(Boolean.class)
                        .one());
    }

    /** Who she is: keys by store and kind of person. Personal data, as above. */
    public Map<String, Map<String, List<List<String>>>> persons(UUID request) {
        return Lookup.frozen(state, request);
    }

    /** Whether it is known who asks, and no store knows her: nothing can be carried out, and words say so. */
    public boolean nothingHeld(StoredRequest stored) {
        return stored.request().identity().isPresent()
                && stored.request().ask().kind().touchesData()
                && persons(stored.id()).isEmpty();
    }

    /** Whether something was done for it that only an answer tells of: it is not refused, taken back or joined. */
    public boolean onlyAnswered(StoredRequest stored) {
        return state.database().withHandle(handle -> Standing.of(handle, stored));
    }

    /** Whether it may begin anew now. */
    public boolean reopens(StoredRequest stored) {
        try {
            state.database().useHandle(handle -> Standing.check(handle, stored, new Event.Reopen()));
            return stored.request().stage() instanceof Stage.Closed;
        } catch (NotAllowed e) {
            return false;
        }
    }

    /** How another system calls it that it was taken over from. */
    public Optional<String> reference(UUID request) {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select reference from kept.request where id = ? and reference is not null")
                        .bind(0, request)
                        .mapTo(String.class)
                        .findOne());
    }

    /** How often it was tried in vain to find out whom to send a link to, since not every store answers. */
    public int withoutLink(UUID request) {
        return state.database()
                .withHandle(handle -> handle.createQuery("select tries from kept.request where id = ? and work = ?")
                        .bind(0, request)
                        .bind(1, Works.Next.ADDRESS.word())
                        .mapTo(Integer.class)
                        .findOne()
                        .orElse(0));
    }

    /** How far a store is. */
    public enum StoreState {
        WAITING,
        DONE,
        /** Nobody of hers is held there. */
        ABSENT,
        FAILED,
        /** Somebody has to do it. */
        BY_HAND;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }

        static StoreState of(String word) {
            return valueOf(word.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
        }
    }

    /**
     * A store's part in a request.
     *
     * @param problem why it is not done, without personal data
     * @param dueOn of what is done by hand
     * @param result counts, and what stays on which ground
     */
    public record StorePart(
            String store,
            StoreState state,
            Optional<UUID> run,
            Optional<String> problem,
            Optional<LocalDate> dueOn,
            Map<String, Object> result) {}

    public List<StorePart> stores(UUID request) {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select store, state, run, problem, due_on, result from kept.request_store where request = ? order by store")
                        .bind(0, request)
                        .map((row, context) -> new StorePart(
                                row.getString("store"),
                                StoreState.of(row.getString("state")),
                                Optional.ofNullable(row.getObject("run", UUID.class)),
                                Optional.ofNullable(row.getString("problem")),
                                Optional.ofNullable(row.getObject("due_on", LocalDate.class)),
                                row.getString("result") == null
                                        ? Map.of()
                                        : CanonicalJson.read(row.getString("result"))))
                        .list());
    }
}
