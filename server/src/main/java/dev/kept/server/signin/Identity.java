package dev.kept.server.signin;

import dev.kept.server.state.Account;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who has signed in.
 *
 * @param names all that the provider calls her, the one to be shown first
 * @param providerSession what the provider calls the session ({@code sid}), for its logout tokens
 * @param renewal the provider's refresh token
 * @param idToken as the provider signed it
 */
record Identity(
        List<String> names,
        Set<Role> roles,
        Optional<Account> provider,
        Optional<String> providerSession,
        Optional<String> renewal,
        Optional<String> idToken) {

    /** The longest name that is taken from a provider. */
    static final int LONGEST_NAME = 200;

    Identity {
        names = names.stream()
                .map(name -> name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name)
                .toList();
        roles = Set.copyOf(roles);
    }

    /** Somebody whom no provider knows. */
    static Identity local(String name, Set<Role> roles) {
        return new Identity(
                List.of(name), roles, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Override
    public String toString() {
        return "an identity";
    }
}
