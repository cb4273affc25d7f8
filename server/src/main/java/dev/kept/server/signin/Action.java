package dev.kept.server.signin;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Everything that staff, or a program with a key, can do through the server. Each address of the console and the API asks for one of these. */
public enum Action {
    SEE_OVERVIEW(Shows.NOBODY, Does.NOTHING),
    SEE_MAP(Shows.NOBODY, Does.NOTHING),
    SEE_SCHEDULE(Shows.NOBODY, Does.NOTHING),
    SEE_SWEEPS(Shows.NOBODY, Does.NOTHING),
    LOOK_AHEAD(Shows.NOBODY, Does.SOMETHING),
    /** Begins a sweep; who began one that waits cannot approve it. */
    START_SWEEP(Shows.NOBODY, Does.SOMETHING),
    APPROVE_SWEEP(Shows.NOBODY, Does.SOMETHING),
    SEE_HOLDS(Shows.NOBODY, Does.NOTHING),
    /** The key of a record that is held may say who somebody is. */
    SEE_HELD_RECORDS(Shows.PERSONS, Does.NOTHING),
    OPEN_HOLD(Shows.PERSONS, Does.SOMETHING),
    LIFT_HOLD(Shows.NOBODY, Does.SOMETHING),
    /** Of whom it is doubtful whether she was erased: how many, where and why; never who. */
    SEE_DOUBTS(Shows.NOBODY, Does.NOTHING),
    /** By which key somebody doubtful is found. */
    SEE_DOUBTFUL(Shows.PERSONS, Does.NOTHING),
    DECIDE_DOUBT(Shows.PERSONS, Does.SOMETHING),
    SEE_PROMISES(Shows.NOBODY, Does.NOTHING),
    SEE_LEDGER(Shows.NOBODY, Does.NOTHING),
    VERIFY_LEDGER(Shows.NOBODY, Does.NOTHING),
    /** Writes to the notice's own address, and says that a letter by post arrived. */
    CHECK_CONTACT(Shows.NOBODY, Does.SOMETHING),
    SEE_SETTINGS(Shows.NOBODY, Does.NOTHING),
    /** Requests as numbers, kinds, states and dates; never who asks. */
    SEE_REQUESTS(Shows.NOBODY, Does.NOTHING),
    /** Who asks, what they wrote, what was answered, and notes about it. */
    SEE_PERSONS(Shows.PERSONS, Does.NOTHING),
    ENTER_REQUEST(Shows.PERSONS, Does.SOMETHING),
    PROVE_IDENTITY(Shows.PERSONS, Does.SOMETHING),
    ASK_BACK(Shows.PERSONS, Does.SOMETHING),
    NOTE(Shows.PERSONS, Does.SOMETHING),
    APPROVE_REQUEST(Shows.PERSONS, Does.SOMETHING),
    REFUSE_REQUEST(Shows.PERSONS, Does.SOMETHING),
    EXTEND_REQUEST(Shows.PERSONS, Does.SOMETHING),
    HOLD_REQUEST(Shows.PERSONS, Does.SOMETHING),
    /** Begins again what a store failed at. */
    RETRY_REQUEST(Shows.NOBODY, Does.SOMETHING),
    /** By what a recipient knows a person, and that somebody told it what was done (Art. 19). */
    TELL_RECIPIENT(Shows.PERSONS, Does.SOMETHING),
    SEE_KEYS(Shows.NOBODY, Does.NOTHING),
    GRANT_KEY(Shows.NOBODY, Does.SOMETHING),
    REVOKE_KEY(Shows.NOBODY, Does.SOMETHING);

    private enum Shows {
        NOBODY,
        PERSONS
    }

    private enum Does {
        NOTHING,
        SOMETHING
    }

    private final Shows shows;
    private final Does does;

    Action(Shows shows, Does does) {
        this.shows = shows;
        this.does = does;
    }

    /** Whether a person's data is seen or taken in with it. */
    public boolean personal() {
        return shows == Shows.PERSONS;
    }

    /** Whether anything is changed by it. */
    public boolean changes() {
        return does == Does.SOMETHING;
    }

    /** As scopes of keys write it: {@code see-requests}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Action> of(String word) {
        return Arrays.stream(values())
                .filter(action -> action.word().equals(word))
                .findFirst();
    }
}
