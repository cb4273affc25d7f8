package dev.kept.server.request;

import dev.kept.core.letter.LetterKind;
import dev.kept.core.letter.Value;
import dev.kept.server.configuration.Home;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.State;
import dev.kept.server.state.StateChange;
import dev.kept.stores.postgres.session.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a store has the address that somebody typed, and sends the one-time link to the address the store has. All stores have to answer: who she is
 * in each is frozen with the proof, and whatever a silent one knows of her would be left out of everything that is done for her. So she waits, and staff see
 * that she does.
 */
final class Addressing {

    /** The most requests looked at in one go. */
    private static final int MOST_AT_ONCE = 1_000;

    /** After which she is looked for again where a store did not answer; the last goes on. Somebody waits for a mail, so it is never long. */
    private static final List<Duration> AGAIN =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(5));

    private final State state;
    private final Requests requests;
    private final Telling telling;
    private final Proofs proofs;
    private final Messages messages;
    private final Details details;

    Addressing(State state, Requests requests, Telling telling) {
        this.state = state;
        this.requests = requests;
        this.telling = telling;
        this.proofs = new Proofs(state);
        this.messages = new Messages(state);
        this.details = new Details(state);
    }

    /** Somebody who is to be looked for. */
    private record Due(UUID id, int tries) {}

    /** Whether somebody waits for a link. */
    boolean due() {
        return state.database()
                .withHandle(handle -> handle.createQuery("select exists (select from kept.request where work = ?"
                                + " and work_at <= ?) or exists (select from kept.request_asked_link)")
                        .bind(0, Works.Next.ADDRESS.word())
                        .bind(1, Requests.at(state.clock().instant()))
                        .mapTo(Boolean.class)
                        .one());
    }

    /**
     * Does what is due.
     *
     * @param complaints what goes wrong, a line each, without personal data
     * @return how many requests were looked at
     */
    int step(Home home, Consumer<String> complaints) {
        int done = links();
        List<Due> due = dueNow();
        if (!due.isEmpty()) {
            Workplace place = Workplace.of(home);
            place.problems().forEach((store, problem) -> complaints.accept("store `" + store + "`: " + problem));
            due.forEach(one -> one(one, place, complaints));
        }
        return done + due.size();
    }

    private List<Due> dueNow() {
        return state.database()
                .withHandle(handle -> handle.createQuery("select id, tries from kept.request"
                                + " where work = ? and work_at <= ? order by work_at, id limit ?")
                        .bind(0, Works.Next.ADDRESS.word())
                        .bind(1, Requests.at(state.clock().instant()))
                        .bind(2, MOST_AT_ONCE)
                        .map((row, context) -> new Due(row.getObject("id", UUID.class), row.getInt("tries")))
                        .list());
    }

    private void one(Due due, Workplace place, Consumer<String> complaints) {
        Optional<StoredRequest> found = requests.find(due.id());
        if (found.isEmpty()) {
            return;
        }
        StoredRequest stored = found.get();
        try {
            if (!stored.request().open() || stored.request().identity().isPresent()) {
                state.apply(List.of(Works.done(stored.id(), Works.Next.ADDRESS)));
            } else if (place.problems().isEmpty()) {
                address(stored, place);
            } else {
                later(due, place.problems().keySet());
            }
        } catch (StoreException e) {
            complaints.accept("request " + stored.number() + ": " + e.getMessage());
            later(due, Set.of());
        } catch (JdbiException | IllegalStateException | IllegalArgumentException e) {
            // its message may hold what a person wrote; the others that wait go on
            complaints.accept("request " + stored.number() + ": an error of the program, "
                    + e.getClass().getSimpleName());
            later(due, Set.of());
        }
    }

    /** She is looked for again soon; staff read once that she waits, also where two processes look at once. */
    private void later(Due due, Set<String> silent) {
        Instant again = state.clock().instant().plus(AGAIN.get(Math.min(due.tries(), AGAIN.size() - 1)));
        String which = silent.isEmpty() ? "a store broke off" : "not every store answers " + silent;
        state.inTransaction(handle -> {
            boolean counted = handle.execute(
                            "update kept.request set work_at = ?, tries = tries + 1 where id = ? and work = ? and tries = ?",
                            Requests.at(again),
                            due.id(),
                            Works.Next.ADDRESS.word(),
                            due.tries())
                    == 1;
            return counted && due.tries() == 0
                    ? List.of(messages.write(
                            due.id(),
                            Messages.Author.KEPT,
                            true,
                            "No link could be sent yet: " + which + ". It is tried again every few minutes."))
                    : List.of();
        });
    }

    /** Finds who asks, and writes to her; whom no store knows gets no letter. */
    void address(StoredRequest stored, Workplace place) {
        String typed = details.typed(stored.id()).map(Typed::address).orElse("");
        List<StateChange> changes = new ArrayList<>(List.of(Works.done(stored.id(), Works.Next.ADDRESS)));
        try {
            Lookup.Known known = Lookup.byAddress(place.stores(), typed);
            if (!known.nobody()) {
                changes.addAll(Lookup.freeze(stored.id(), known));
                known.onFile()
                        .ifPresent(onFile -> changes.addAll(link(stored, onFile.address(), browser(stored.id()))));
            }
        } catch (CannotRun e) {
            changes.add(messages.write(
                    stored.id(),
                    Messages.Author.KEPT,
                    true,
                    "Several persons fit the address, so no link was sent: establish who asks in another way."));
        }
        // proven meanwhile, by somebody who may be somebody else: what was looked up says nothing then; looked up
        // meanwhile: her link is on its way
        state.inTransaction(handle -> waits(handle, stored) ? changes : List.of());
    }

    private static boolean waits(Handle handle, StoredRequest stored) {
        return handle.createQuery(
                        "select id from kept.request where id = ? and version = ? and not proven and work = ? for update")
                .bind(0, stored.id())
                .bind(1, stored.version())
                .bind(2, Works.Next.ADDRESS.word())
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
    }

    private byte @Nullable [] browser(UUID request) {
        return state.database()
                .withHandle(handle -> handle.createQuery(
                                "select browser from kept.request_visit where request = ? order by ends_at limit 1")
                        .bind(0, request)
                        .mapTo(byte[].class)
                        .findOne()
                        .orElse(null));
    }

    /** A link to an address on file; nothing where too many were sent. */
    private List<StateChange> link(StoredRequest stored, String address, byte @Nullable [] browser) {
        if (proofs.crowded(address)) {
            return unsent(stored);
        }
        Optional<Proofs.Sent> sent = proofs.issue(stored.id(), browser);
        if (sent.isEmpty()) {
            return List.of();
        }
        Instant until = state.clock().instant().plus(Proofs.LASTS);
        Map<String, Value> values = new HashMap<>();
        values.put("asked", telling.asked(stored));
        values.put(
                "link", telling.addresses().open(stored.language(), sent.get().token()));
        values.put("code", new Value.Code(sent.get().code()));
        values.put("until", new Value.Moment(until.atZone(requests.terms().zone())));
        List<StateChange> letter = telling.letter(stored, address, LetterKind.PROOF_LINK, values);
        List<StateChange> changes = new ArrayList<>(letter);
        changes.add(
                letter.isEmpty()
                        ? messages.write(
                                stored.id(),
                                Messages.Author.KEPT,
                                true,
                                "The address on file is none that mail goes to: establish who asks in another way.")
                        : sent.get().write());
        return changes;
    }

    /** Many letters went there today, asked for by whomever: a code of any of them lets another go. */
    private List<StateChange> unsent(StoredRequest stored) {
        StateChange counted = proofs.unsent(stored.id());
        boolean byStaff =
                stored.channel() != StoredRequest.Channel.FORM && stored.channel() != StoredRequest.Channel.SITE;
        return byStaff
                ? List.of(
                        counted,
                        messages.write(
                                stored.id(),
                                Messages.Author.KEPT,
                                true,
                                "So many letters went to the address today that no link was sent: establish who asks in another way."))
                : List.of(counted);
    }

    @SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
    private record Wanted(UUID id, String number, String address, byte[] browser) {}

    /** Sends the links that were asked for, to whom they are due; answers how many were asked for. */
    private int links() {
        List<Wanted> wanted = state.database()
                .withHandle(handle -> handle.createQuery(
                                "select id, number, address, browser from kept.request_asked_link order by at limit ?")
                        .bind(0, MOST_AT_ONCE)
                        .map((row, context) -> new Wanted(
                                row.getObject("id", UUID.class),
                                row.getString("number"),
                                row.getString("address"),
                                row.getBytes("browser")))
                        .list());
        for (Wanted one : wanted) {
            List<StateChange> changes = new ArrayList<>();
            changes.add(StateChange.of("delete from kept.request_asked_link where id = ?", one.id()));
            requests.byNumber(one.number())
                    .filter(stored -> !Lookup.frozen(state, stored.id()).isEmpty())
                    .ifPresent(stored -> telling.onFile(stored.id())
                            .filter(address -> same(address, one.address()))
                            .ifPresent(address -> {
                                changes.addAll(link(stored, address, one.browser()));
                            }));
            state.apply(changes);
        }
        return wanted.size();
    }

    private static boolean same(String onFile, String typed) {
        return onFile.strip().equalsIgnoreCase(typed.strip());
    }
}
