package dev.kept.server.request;

import dev.kept.server.state.Account;
import dev.kept.server.state.PrivateLog;
import dev.kept.server.state.StateChange;
import java.util.List;
import java.util.Optional;

/**
 * Who acts on a request. The ledger has the role; a name, and what was said, only the private log.
 *
 * @param role {@code person}, {@code kept}, {@code officer}, {@code support}, {@code engineer}, {@code api}
 * @param name empty for the person and for Kept itself
 * @param account who acts, where a sign-in provider knows
 * @param said what was checked, or why
 */
public record Actor(String role, Optional<String> name, Optional<Account> account, String said) {

    public static final Actor PERSON = new Actor("person");

    public static final Actor KEPT = new Actor("kept");

    /** The longest that is said. */
    public static final int MOST_CHARACTERS = 1_000;

    public Actor {
        if (said.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("an actor says at most " + MOST_CHARACTERS + " characters");
        }
    }

    /** A role without a name. */
    Actor(String role) {
        this(role, Optional.empty(), Optional.empty(), "");
    }

    public static Actor staff(String role, String name, String said) {
        return staff(role, name, Optional.empty(), said);
    }

    /** Staff who are signed in. */
    public static Actor staff(String role, String name, Optional<Account> account, String said) {
        return new Actor(role, Optional.of(name), account, said);
    }

    /** The entry of the private log, where there is a name. */
    Optional<PrivateLog.Act> act(PrivateLog log) {
        return name.map(known -> log.act(known, account, said));
    }

    static List<StateChange> write(Optional<PrivateLog.Act> act) {
        return act.map(PrivateLog.Act::write).stream().toList();
    }

    @Override
    public String toString() {
        return "an actor of role " + role;
    }
}
