package dev.kept.server.console;

import dev.kept.core.html.Html;
import dev.kept.core.rights.request.NotAllowed;
import dev.kept.server.configuration.Home;
import dev.kept.server.configuration.LookSettings;
import dev.kept.server.console.Parts.Tone;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.http.Asset;
import dev.kept.server.http.Cookie;
import dev.kept.server.http.Cookie.Crossing;
import dev.kept.server.http.Premises;
import dev.kept.server.http.Reply;
import dev.kept.server.http.Room;
import dev.kept.server.http.Visit;
import dev.kept.server.http.Visit.Method;
import dev.kept.server.request.Office;
import dev.kept.server.signin.Acts;
import dev.kept.server.signin.SignIn;
import dev.kept.server.signin.StaffSession;
import dev.kept.server.task.Tasks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The room of staff: every page asks here whether who asks for it may have it, and nowhere else. */
public final class Console implements Room {

    static final String ROOT = "/console";

    private static final String SIGN_IN = ROOT + "/sign-in";
    private static final String NOWHERE = "http://127.0.0.1";

    private final SignIn signIn;
    private final Shell shell;
    private final Asset style;
    private final Asset icon;
    private final Desk desk;
    private final SignInPages signInPages;
    private final List<Route> routes;

    /** @param offices all that works on requests, by the folder as it is read now and then */
    public Console(Premises premises, Function<Home, Office> offices) {
        Company company = new Company(premises.home(), offices);
        this.style = Asset.css("console", css(premises.home().settings().look()));
        this.icon =
                Asset.picture("console-icon", icon(premises.home().settings().look()), "image/svg+xml");
        this.shell = new Shell(premises.look(), style, icon);
        this.signIn = new SignIn(
                company.state(),
                premises.home().signIn(),
                URI.create(premises.home().settings().serve().address().orElse(NOWHERE) + SIGN_IN + "/back"));
        this.signInPages = new SignInPages(signIn, shell, premises.throttle());
        this.desk =
                new Desk(company, shell, new Acts(company.state()), new Tasks(company.state()), new Inboxes(company));
        this.routes = Routes.of(desk);
    }

    private static byte[] icon(LookSettings look) {
        return ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><rect width=\"32\" height=\"32\" rx=\"8\" fill=\""
                        + look.accent()
                        + "\"/><path d=\"M11 8v16M21 8l-9 8 9 8\" fill=\"none\" stroke=\"#fff\" stroke-width=\"3\"/></svg>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String css(LookSettings look) {
        try (InputStream file = Console.class.getResourceAsStream("console.css")) {
            if (file == null) {
                throw new IllegalStateException("the console has no style sheet");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("DARK-ACCENT", look.accentDark().toString())
                    .replace("ACCENT", look.accent().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "console";
    }

    @Override
    public List<Asset> assets() {
        return List.of(style, icon);
    }

    List<Route> routes() {
        return routes;
    }

    @Override
    public Optional<Reply> answer(Visit visit) {
        String path = visit.path();
        if (!path.equals(ROOT) && !path.startsWith(ROOT + "/")) {
            return Optional.empty();
        }
        Optional<Reply> way = signInPages.answer(visit);
        if (way.isPresent()) {
            return way;
        }
        Optional<StaffSession> session = visit.cookie(SignInPages.SESSION).flatMap(signIn::session);
        return Optional.of(session.map(known -> inside(visit, known)).orElseGet(() -> outside(visit)));
    }

    /** Nothing is told to who is not signed in, not even whether there is such a page. */
    private Reply outside(Visit visit) {
        if (visit.method() == Method.GET) {
            return Reply.SeeOther.to(SIGN_IN).with(Cookie.gone(SignInPages.SESSION, Crossing.LAX));
        }
        return shell.alone(
                403,
                "You are not signed in",
                Parts.note(Tone.WARN, "Your session is over: what you sent was not done.")
                        .raw("<p><a class=\"button\" href=\"" + SIGN_IN + "\">Sign in</a></p>"));
    }

    private Reply inside(Visit visit, StaffSession session) {
        String below = visit.path().substring(ROOT.length());
        if (below.equals("/sign-out") && visit.method() == Method.POST) {
            return signedOut(new Asked(visit, session, List.of()));
        }
        for (Route route : routes) {
            Optional<List<String>> parts = route.method() == visit.method() ? route.parts(below) : Optional.empty();
            if (parts.isPresent()) {
                return answer(route, new Asked(visit, session, parts.get()));
            }
        }
        return lost(new Asked(visit, session, List.of()), 404, "There is no such page.");
    }

    private Reply answer(Route route, Asked asked) {
        if (!asked.may(route.action())) {
            return lost(asked, 403, "Your role does not include this.");
        }
        try {
            return route.handler().answer(asked);
        } catch (CannotRun e) {
            return notDone(route, asked, e.problem(), e.advice());
        } catch (NotAllowed e) {
            return notDone(route, asked, String.valueOf(e.getMessage()), "");
        }
    }

    /** On the form's own page, where it has one that this role may see, with what was written in it. */
    private Reply notDone(Route route, Asked asked, String problem, String attempt) {
        Optional<Route.Again> form =
                route.again().filter(one -> asked.may(one.page().action()));
        if (form.isEmpty()) {
            return desk.problem(asked, section(route), problem, attempt);
        }
        Route.Again again = form.orElseThrow();
        try {
            return again.page().handler().answer(asked.after(new Tried(again.form(), asked.sent(), problem, attempt)));
        } catch (CannotRun e) {
            return desk.problem(asked, section(route), problem, attempt);
        }
    }

    private static Section section(Route route) {
        return List.of(Section.values()).reversed().stream()
                .filter(section -> (ROOT + route.path()).startsWith(section.path()))
                .findFirst()
                .orElse(Section.OVERVIEW);
    }

    private Reply lost(Asked asked, int status, String why) {
        Html main = Parts.note(Tone.WARN, why);
        return shell.page(status, asked, Shell.Head.of(Section.OVERVIEW, "").called("Not here"), Counts.NONE, main);
    }

    private Reply signedOut(Asked asked) {
        asked.sent();
        return signInPages
                .signedOut(
                        asked.session(),
                        asked.visit().cookie(SignInPages.SESSION).orElse(""))
                .with(Cookie.gone(SignInPages.SESSION, Crossing.LAX));
    }
}
