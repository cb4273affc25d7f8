package dev.kept.server.console;

import dev.kept.core.html.Html;
import dev.kept.server.console.Parts.Tone;
import dev.kept.server.http.Cookie;
import dev.kept.server.http.Cookie.Crossing;
import dev.kept.server.http.Reply;
import dev.kept.server.http.Throttle;
import dev.kept.server.http.Trouble;
import dev.kept.server.http.Visit;
import dev.kept.server.http.Visit.Method;
import dev.kept.server.signin.SignIn;
import dev.kept.server.signin.SignInRefused;
import dev.kept.server.signin.StaffSession;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The way in: by the provider or a one-time link; and what the provider says when somebody has signed out there. */
final class SignInPages {

    static final String SESSION = "kept-session";
    private static final String PENDING = "kept-sign-in";
    private static final String LEAVING = "kept-sign-out";
    private static final String ROOT = Console.ROOT + "/sign-in";
    private static final String LINK = ROOT + "/link/";
    private static final int LOGOUT_BYTES = 32 * 1_024;

    /** Ways in that one address may try: each leaves a row behind, and asks the provider. */
    private static final String START = ROOT + "/start";

    private static final Throttle.Rule TRIES = new Throttle.Rule("sign-in", 60, Duration.ofMinutes(10));

    private final SignIn signIn;
    private final Shell shell;
    private final Throttle throttle;

    SignInPages(SignIn signIn, Shell shell, Throttle throttle) {
        this.signIn = signIn;
        this.shell = shell;
        this.throttle = throttle;
    }

    Optional<Reply> answer(Visit visit) {
        String path = visit.path();
        boolean posts = visit.method() == Method.POST;
        boolean gets = visit.method() == Method.GET;
        if (!path.startsWith(ROOT)) {
            return Optional.empty();
        }
        // the provider ends many sessions at once, from one address; what it says is signed
        if (!(path.equals(ROOT) && gets)
                && !path.equals(ROOT + "/ended")
                && throttle.count(TRIES, visit.client()) instanceof Throttle.Answer.TooOften often) {
            return Optional.of(Reply.Problem.later(Trouble.TOO_MANY, often.after()));
        }
        if (path.equals(ROOT)) {
            return gets ? Optional.of(choose()) : Optional.empty();
        }
        if (path.equals(START) && gets) {
            return Optional.of(begin());
        }
        if (path.equals(ROOT + "/back") && gets) {
            return Optional.of(back(visit));
        }
        if (path.equals(ROOT + "/" + SignIn.SIGNED_OUT) && gets) {
            return Optional.of(out(visit));
        }
        if (path.equals(ROOT + "/ended") && posts) {
            return Optional.of(ended(visit));
        }
        if (path.startsWith(LINK) && path.length() > LINK.length()) {
            String secret = path.substring(LINK.length());
            return gets
                    ? Optional.of(offered(visit, secret))
                    : posts ? Optional.of(redeemed(visit, secret)) : Optional.empty();
        }
        return Optional.empty();
    }

    private Reply choose() {
        Html main = new Html();
        if (signIn.hasProvider()) {
            main.raw("<p><a class=\"button\" href=\"" + START + "\">Sign in with your company account</a></p>");
            main.raw(
                    "<p class=\"soft small\">If that is out of order, whoever runs Kept can print a link that signs in once.</p>");
        } else {
            main.raw(
                            "<p>Kept was started without a sign-in provider. It prints a link that signs in once when it starts, and ")
                    .add(Parts.code("kept sign-in link"))
                    .raw(" prints another.</p>");
        }
        return shell.alone(200, "Sign in", main);
    }

    /** By a link and not by a form: browsers hold a form to this site, also where it is led on. */
    private Reply begin() {
        try {
            SignIn.Begun begun = signIn.begin();
            return Reply.SeeOther.to(begun.address().toString())
                    .with(Cookie.lasting(PENDING, begun.browser(), Crossing.LAX, SignIn.AT_THE_PROVIDER));
        } catch (SignInRefused e) {
            return refused(e);
        }
    }

    private Reply back(Visit visit) {
        Map<String, List<String>> answer = new LinkedHashMap<>();
        for (String name : List.of("state", "code", "iss", "error")) {
            if (visit.query().has(name)) {
                answer.put(name, visit.query().all(name));
            }
        }
        try {
            return entered(signIn.finish(answer, visit.cookie(PENDING).orElse("")))
                    .with(Cookie.gone(PENDING, Crossing.LAX));
        } catch (SignInRefused e) {
            return refused(e).with(Cookie.gone(PENDING, Crossing.LAX));
        }
    }

    /**
     * Signed out here, and led on to where she signs out at the provider. By a page that goes on by itself and not by the form's answer: browsers hold
     * a form to this site, also where it is led on.
     */
    Reply signedOut(StaffSession session, String token) {
        Optional<SignIn.Away> away = signIn.signOut(session, token);
        if (away.isEmpty()) {
            return Reply.SeeOther.to(ROOT);
        }
        String address = away.get().address().toString();
        Html main = new Html()
                .raw("<p>At your company account you are still signed in.</p><p><a class=\"button\"")
                .attribute("href", address)
                .raw(">Sign out there, too</a></p>");
        return shell.leading("You are signed out", address, main)
                .with(Cookie.lasting(LEAVING, away.get().state(), Crossing.LAX, SignIn.AT_THE_PROVIDER));
    }

    /** Back from the provider: said only to a browser that went there. */
    private Reply out(Visit visit) {
        String state = visit.query().text("state");
        boolean went = !state.isEmpty()
                && visit.cookie(LEAVING)
                        .filter(kept -> MessageDigest.isEqual(
                                kept.getBytes(StandardCharsets.UTF_8), state.getBytes(StandardCharsets.UTF_8)))
                        .isPresent();
        if (!went) {
            return Reply.SeeOther.to(ROOT);
        }
        Html main = new Html()
                .raw("<p>Here, and at your company account.</p>")
                .raw("<p><a class=\"button second\" href=\"" + ROOT + "\">Sign in again</a></p>");
        return shell.alone(200, "You are signed out", main).with(Cookie.gone(LEAVING, Crossing.LAX));
    }

    private Reply refused(SignInRefused why) {
        Html main = Parts.note(Tone.BAD, why.why());
        main.raw("<p><a class=\"button\" href=\"" + START + "\">Try again</a></p>");
        return shell.alone(403, "You are not signed in", main);
    }

    /** Always under a token made now: what the browser brought along opens nothing. */
    private static Reply entered(String token) {
        return Reply.SeeOther.to(Console.ROOT).with(Cookie.session(SESSION, token, Crossing.LAX));
    }

    /** A link is used by a form, not by opening it: mail programs and chats open links to look at them. */
    private Reply offered(Visit visit, String secret) {
        Html main = new Html()
                .raw("<p>This link signs in once, on this browser.</p>")
                .add(Asked.open(visit, LINK + secret))
                .raw("<p><button>Sign in</button></p></form>");
        return shell.alone(200, "Sign in", main);
    }

    private Reply redeemed(Visit visit, String secret) {
        visit.form();
        return signIn.redeem(secret)
                .map(SignInPages::entered)
                .orElseGet(() -> shell.alone(
                        403,
                        "You are not signed in",
                        Parts.note(Tone.BAD, "This link was used already, or is too old.")
                                .raw("<p class=\"soft\">")
                                .add(Parts.code("kept sign-in link"))
                                .raw(" prints another.</p>")));
    }

    /** OpenID Connect Back-Channel Logout 1.0, sections 2.5 and 2.8: the provider itself posts a token that it signed. */
    private Reply ended(Visit visit) {
        try {
            signIn.loggedOut(visit.unboundForm(LOGOUT_BYTES).text("logout_token"));
            return Reply.Data.of(200, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
        } catch (SignInRefused e) {
            return Reply.Data.of(
                    400, "application/json", "{\"error\":\"invalid_request\"}".getBytes(StandardCharsets.UTF_8));
        }
    }
}
