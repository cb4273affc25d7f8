package dev.kept.server.signin;

import dev.kept.server.configuration.SignInSettings;
import dev.kept.server.state.State;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The ways in and out: by the provider, by a one-time link, by signing out, and by the provider's word that somebody has signed out there. */
public final class SignIn {

    /** How long somebody may take at the provider. */
    public static final Duration AT_THE_PROVIDER = Duration.ofMinutes(10);

    /** How often the provider is asked whether all is as it was. */
    static final Duration ASKED_EVERY = Duration.ofMinutes(5);

    /** Where the provider sends a browser back that signed out there, beside the address for signing in. */
    public static final String SIGNED_OUT = "out";

    /** The longest logout token that is read. */
    private static final int LONGEST_TOKEN = 16 * 1_024;

    private final State state;
    private final Optional<SignInSettings> settings;
    private final URI redirect;
    private final Sessions sessions;
    private final SignInLinks links;
    private final Acts acts;
    private volatile @Nullable OpenIdClient client;

    /** @param redirect the address to which the provider sends browsers back */
    public SignIn(State state, Optional<SignInSettings> settings, URI redirect) {
        this.state = state;
        this.settings = settings;
        this.redirect = redirect;
        this.sessions = new Sessions(state);
        this.links = new SignInLinks(state);
        this.acts = new Acts(state);
    }

    public boolean hasProvider() {
        return settings.isPresent();
    }

    /** The provider; found on first use: nothing of it is loaded before, and it need not run when Kept starts. */
    private OpenIdClient client() throws SignInRefused {
        OpenIdClient found = client;
        if (found == null) {
            SignInSettings known =
                    settings.orElseThrow(() -> new SignInRefused("`kept.yaml` names no sign-in provider"));
            found = OpenIdClient.discover(known, redirect, state.clock());
            client = found;
        }
        return found;
    }

    /**
     * A sign-in that has begun.
     *
     * @param address where the browser goes
     * @param browser what this browser brings along when it comes back, in a cookie: another's answer is of no use to it
     */
    public record Begun(URI address, String browser) {
        @Override
        public String toString() {
            return "a sign-in";
        }
    }

    public Begun begin() throws SignInRefused {
        OpenIdClient.Begun begun = client().begin();
        Secret browser = Secret.fresh();
        Instant now = state.clock().instant();
        state.database().useTransaction(handle -> {
            handle.createUpdate("delete from kept.sign_in where ends_at <= :now")
                    .bind("now", Sessions.at(now))
                    .execute();
            handle.createUpdate("insert into kept.sign_in (state_hash, browser_hash, nonce, verifier, ends_at)"
                            + " values (:state, :browser, :nonce, :verifier, :ends)")
                    .bind("state", new Secret(begun.state()).hash())
                    .bind("browser", browser.hash())
                    .bind("nonce", begun.nonce())
                    .bind("verifier", begun.verifier())
                    .bind("ends", Sessions.at(now.plus(AT_THE_PROVIDER)))
                    .execute();
        });
        return new Begun(begun.address(), browser.value());
    }

    private record Pending(String nonce, String verifier) {}

    /**
     * The browser is back from the provider.
     *
     * @param answer the query, each name with its values
     * @param browser what {@link #begin} gave this browser
     * @return the token of a new session
     */
    public String finish(Map<String, List<String>> answer, String browser) throws SignInRefused {
        List<String> states = answer.getOrDefault("state", List.of());
        Optional<Secret> state = states.size() == 1 ? Secret.sent(states.getFirst()) : Optional.empty();
        Optional<Pending> pending = state.flatMap(sent -> Secret.sent(browser)
                .flatMap(cookie -> this.state.database().withHandle(handle -> pending(handle, sent, cookie))));
        if (pending.isEmpty()) {
            throw new SignInRefused("this sign-in was not begun in this browser, or too long ago: begin again");
        }
        Identity identity =
                client().finish(answer, pending.get().nonce(), pending.get().verifier());
        Secret token = sessions.begin(identity);
        noteSignedIn(identity, "provider");
        return token.value();
    }

    /** What was begun under a state in this browser; nobody can come back with it twice. */
    private Optional<Pending> pending(Handle handle, Secret state, Secret browser) {
        return handle.createQuery("delete from kept.sign_in where state_hash = :state and browser_hash = :browser"
                        + " and ends_at > :now returning nonce, verifier")
                .bind("state", state.hash())
                .bind("browser", browser.hash())
                .bind("now", Sessions.at(this.state.clock().instant()))
                .map((row, context) -> new Pending(row.getString("nonce"), row.getString("verifier")))
                .findOne();
    }

    /** A session's token for a one-time link's secret; empty where there is no such link any more. */
    public Optional<String> redeem(String sent) {
        record Redeemed(Identity identity, Secret token) {}
        Optional<Redeemed> redeemed = Secret.sent(sent)
                .flatMap(secret -> state.database()
                        .inTransaction(handle -> links.use(handle, secret)
                                .map(identity -> new Redeemed(identity, sessions.begin(handle, identity)))));
        redeemed.ifPresent(done -> noteSignedIn(done.identity(), "link"));
        return redeemed.map(done -> done.token().value());
    }

    private void noteSignedIn(Identity identity, String by) {
        Caller caller =
                new StaffSession(new UUID(0, 0), identity.names(), identity.roles(), "", identity.provider()).caller();
        acts.note(caller, "signed-in", "signed in", Map.of("by", by));
    }

    /** The session that a browser's token opens. Asks the provider now and then whether all is as it was; where it is not, the session ends. */
    public Optional<StaffSession> session(String sent) {
        Optional<Secret> token = Secret.sent(sent);
        Optional<Sessions.Found> found = token.flatMap(sessions::find);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        boolean due = found.get().renewal().isPresent()
                && found.get().asked().isBefore(state.clock().instant().minus(ASKED_EVERY));
        return !due || confirmed(found.get(), token.get()) ? found.map(Sessions.Found::session) : Optional.empty();
    }

    private boolean confirmed(Sessions.Found found, Secret token) {
        StaffSession session = found.session();
        Optional<String> renewal =
                found.renewal().flatMap(bytes -> Sealing.open(token, Sealing.Purpose.RENEWAL, bytes));
        if (settings.isEmpty() || renewal.isEmpty()) {
            sessions.end(session.id());
            return false;
        }
        if (!sessions.asks(found)) {
            return true; // another request of the same session asks just now
        }
        try {
            Optional<Identity> now = client().renew(renewal.get());
            boolean same = now.isEmpty()
                    || (now.get().roles().equals(session.roles())
                            && now.get().provider().equals(session.provider()));
            if (!same) {
                sessions.end(session.id());
                return false;
            }
            now.ifPresent(identity -> sessions.confirm(session, token, identity.renewal()));
            return true;
        } catch (SignInRefused e) {
            if (!e.isUnreachable()) {
                sessions.end(session.id());
            }
            return e.isUnreachable();
        }
    }

    /**
     * Where a browser goes to sign out at the provider, too.
     *
     * @param state with which it comes back; this browser keeps it in a cookie
     */
    public record Away(URI address, String state) {
        @Override
        public String toString() {
            return "a sign-out";
        }
    }

    /**
     * Ends a session for good: its token opens nothing any more, wherever it was copied to.
     *
     * @param sent the session's token
     * @return where to sign out at the provider (OpenID Connect RP-Initiated Logout 1.0, section 2); empty where it has no such address, does not
     *     answer, or began no session
     */
    public Optional<Away> signOut(StaffSession session, String sent) {
        Optional<String> idToken = Secret.sent(sent).flatMap(token -> sessions.leave(session.id(), token));
        sessions.end(session.id());
        acts.note(session.caller(), "signed-out", "signed out", Map.of("by", "staff"));
        boolean there = settings.isPresent()
                && session.provider()
                        .filter(account ->
                                account.issuer().equals(settings.get().issuer()))
                        .isPresent();
        if (!there) {
            return Optional.empty();
        }
        String state = Secret.fresh().value();
        try {
            return client().signOut(idToken, state, redirect.resolve(SIGNED_OUT))
                    .map(address -> new Away(address, state));
        } catch (SignInRefused e) {
            return Optional.empty(); // here she is signed out all the same
        }
    }

    /**
     * Ends what the provider says has ended: on signing out there, a new password, a locked account (OpenID Connect Back-Channel Logout 1.0).
     *
     * @return how many sessions ended
     * @throws SignInRefused where the token is not the provider's, or was here before
     */
    public int loggedOut(String token) throws SignInRefused {
        if (token.length() > LONGEST_TOKEN) {
            throw new SignInRefused("the logout token is too long");
        }
        OpenIdClient.LoggedOut said = client().logoutToken(token);
        Instant now = state.clock().instant();
        int ended = state.database().inTransaction(handle -> {
            handle.createUpdate("delete from kept.logout_token where ends_at <= :now")
                    .bind("now", Sessions.at(now))
                    .execute();
            boolean first = handle.createUpdate(
                                    "insert into kept.logout_token (hash, ends_at) values (:hash, :ends) on conflict do nothing")
                            .bind("hash", new Secret(said.id()).hash())
                            .bind(
                                    "ends",
                                    Sessions.at(now.plus(Tokens.LOGOUT_LIVES).plus(Tokens.SKEW.multipliedBy(2))))
                            .execute()
                    == 1;
            return first ? sessions.end(handle, said.issuer(), said.subject(), said.session()) : -1;
        });
        if (ended < 0) {
            throw new SignInRefused("the logout token was here before");
        }
        if (ended > 0) { // a provider also tells of those that were signed out here first
            state.journal().append(null, "signed-out", Map.of("by", "provider", "sessions", ended));
        }
        return ended;
    }
}
