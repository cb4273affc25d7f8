package dev.kept.server.state;

/**
 * An account at a sign-in provider: one person's for good, where a name is not (OpenID Connect Core 1.0, section 5.7).
 *
 * @param issuer the provider
 * @param subject what it calls the account ({@code sub})
 */
public record Account(String issuer, String subject) {

    @Override
    public String toString() {
        return "an account";
    }
}
