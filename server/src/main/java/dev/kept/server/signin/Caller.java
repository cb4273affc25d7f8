package dev.kept.server.signin;

import dev.kept.server.state.Account;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who asks for something: a member of staff in a session, or a program with a key.
 *
 * @param names all names the caller is known by, for the private log only; the first is logged
 * @param account at the sign-in provider: who the caller is, whatever her name
 * @param role for the ledger: {@code officer}, {@code key}
 * @param actions what the caller may do
 */
public record Caller(List<String> names, Optional<Account> account, String role, Set<Action> actions) {

    public Caller {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a caller has a name");
        }
        Set<Action> copy = EnumSet.noneOf(Action.class);
        copy.addAll(actions);
        actions = Collections.unmodifiableSet(copy);
    }

    /** Somebody whom no provider knows. */
    public Caller(List<String> names, String role, Set<Action> actions) {
        this(names, Optional.empty(), role, actions);
    }

    /** What the private log says. */
    public String name() {
        return names.getFirst();
    }

    /** Whether the caller may do it; everything that is not expressly allowed is refused. */
    public boolean may(Action action) {
        return actions.contains(action);
    }

    /** Whether the caller may hand that much on: nobody grants more than they hold. */
    public boolean mayGrant(Collection<Action> wanted) {
        return may(Action.GRANT_KEY) && actions.containsAll(wanted);
    }

    @Override
    public String toString() {
        return "a caller (" + role + ")";
    }
}
