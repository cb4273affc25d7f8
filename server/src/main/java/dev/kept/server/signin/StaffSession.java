package dev.kept.server.signin;

import dev.kept.server.state.Account;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A session of a member of staff.
 *
 * @param names all that the provider calls her, the one to be shown first; or how a link's session is called
 * @param formToken goes into every form and comes back with it: another site cannot know it
 * @param provider the account at the provider; empty where a one-time link began the session
 */
public record StaffSession(UUID id, List<String> names, Set<Role> roles, String formToken, Optional<Account> provider) {

    public StaffSession {
        names = List.copyOf(names);
        Set<Role> copy = EnumSet.noneOf(Role.class);
        copy.addAll(roles);
        roles = Collections.unmodifiableSet(copy);
    }

    /** Who acts in it. The ledger says the roles; several of them in their order. */
    public Caller caller() {
        String role = roles.stream().map(Role::word).collect(Collectors.joining("+"));
        return new Caller(names, provider, role, Permissions.of(roles));
    }

    /** Whether a form was made for this session; takes the same time for every answer. */
    public boolean madeForm(String token) {
        return MessageDigest.isEqual(
                formToken.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "a session";
    }
}
