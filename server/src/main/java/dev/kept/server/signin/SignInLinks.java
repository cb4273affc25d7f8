package dev.kept.server.signin;

import dev.kept.server.state.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Links that sign in once: for the first run, before there is a provider, and where the provider is out of order. Whoever can print one owns the database anyway. */
public final class SignInLinks {

    /** How long a link can be used. */
    public static final Duration LIVES = Duration.ofMinutes(15);

    private final State state;

    public SignInLinks(State state) {
        this.state = state;
    }

    /**
     * A link's secret, to be shown once.
     *
     * @param name what the session's acts are logged under, in the private log
     */
    public String issue(String name, Set<Role> roles) {
        Secret secret = Secret.fresh();
        Instant now = state.clock().instant();
        state.database().useTransaction(handle -> {
            handle.createUpdate("delete from kept.sign_in_link where ends_at <= :now")
                    .bind("now", Sessions.at(now))
                    .execute();
            handle.createUpdate("insert into kept.sign_in_link (token_hash, name, roles, ends_at)"
                            + " values (:hash, :name, :roles, :ends)")
                    .bind("hash", secret.hash())
                    .bind("name", name)
                    .bind("roles", Sessions.words(roles))
                    .bind("ends", Sessions.at(now.plus(LIVES)))
                    .execute();
        });
        return secret.value();
    }

    /** Whose a link is, and uses it up; empty where there is no such link any more. */
    Optional<Identity> use(Handle handle, Secret secret) {
        return handle.createQuery("delete from kept.sign_in_link where token_hash = :hash and ends_at > :now"
                        + " returning name, roles")
                .bind("hash", secret.hash())
                .bind("now", Sessions.at(state.clock().instant()))
                .map((row, context) -> Identity.local(row.getString("name"), Sessions.roles(List.of((String[])
                        row.getArray("roles").getArray()))))
                .findOne();
    }

    /** Whether anybody ever signed in, or could now: then no link need be printed unasked. */
    public boolean neverUsed() {
        return !state.database()
                .withHandle(handle -> handle.createQuery("select exists (select from kept.staff_session)"
                                + " or exists (select from kept.journal where kind = 'signed-in')")
                        .mapTo(Boolean.class)
                        .one());
    }
}
