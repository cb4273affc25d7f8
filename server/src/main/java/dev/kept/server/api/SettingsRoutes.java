package dev.kept.server.api;

import static dev.kept.server.api.Shape.Field.may;
import static dev.kept.server.api.Shape.Field.must;

import dev.kept.core.notice.Notice;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Home;
import dev.kept.server.configuration.SignInSettings;
import dev.kept.server.signin.Action;
import dev.kept.server.signin.Permissions;
import dev.kept.server.signin.Role;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How this Kept is set, as the console shows it: without addresses of databases, and without secrets. It is changed in files that are reviewed. */
final class SettingsRoutes {

    private static final int LONG = 1_000;

    private final Bureau bureau;

    SettingsRoutes(Bureau bureau) {
        this.bureau = bureau;
    }

    List<Route> all() {
        return List.of(Route.get(
                "/settings",
                Action.SEE_SETTINGS,
                "settings",
                "How this Kept is set, and which role may do what.",
                Answers.SETTINGS,
                this::settings));
    }

    static Shape settings() {
        Shape words = Shape.list(Shape.line(1, LONG), LONG);
        return Shape.thing(
                must("notice", Shape.line(1, LONG), "its name"),
                may("version", Shape.count(), "published last; not there before the first"),
                must("controller", Shape.line(1, LONG), ""),
                must("zone", Shape.line(1, LONG), "in which days are counted"),
                must("languages", words, ""),
                may(
                        "answered-within",
                        Shape.line(1, LONG),
                        "as the notice promises; without it one month, as the law says"),
                must("database", Shape.line(1, LONG), "Kept's own: what names it, never its address"),
                must("brake-percent", Shape.count(), "of a table's rows above which a sweep waits for a second person"),
                may("ledger", Shape.line(1, LONG), "its name; without it that of the notice"),
                may(
                        "sign-in",
                        Shape.thing(
                                must("issuer", Shape.line(1, LONG), ""),
                                must("client", Shape.line(1, LONG), ""),
                                must("claim", Shape.line(1, LONG), ""),
                                must("roles", Shape.map(words, LONG), "which values of the claim make whom")),
                        "without it staff sign in by links that the command line prints"),
                must("may", Shape.map(words, LONG), "the acts of each role: scopes of keys"));
    }

    private Answer settings(Asked asked) {
        Home home = bureau.home();
        Notice notice = home.checked().notice().orElseThrow();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("notice", notice.name());
        int version = home.checked().editions().versions().size();
        if (version > 0) {
            view.put("version", version);
        }
        view.put("controller", notice.controller().name());
        view.put("zone", notice.controller().zone().toString());
        view.put("languages", notice.languages());
        notice.rights().answeredWithin().ifPresent(span -> view.put("answered-within", span.toString()));
        view.put("database", home.settings().state().map(Environment::named).orElse("embedded"));
        view.put("brake-percent", home.settings().brakePercent());
        home.settings().ledger().ifPresent(name -> view.put("ledger", name));
        home.settings().signIn().ifPresent(signIn -> view.put("sign-in", view(signIn)));
        Map<String, Object> may = new LinkedHashMap<>();
        for (Role role : Role.values()) {
            may.put(
                    role.word(),
                    Arrays.stream(Action.values())
                            .filter(Permissions.of(Set.of(role))::contains)
                            .map(Action::word)
                            .toList());
        }
        view.put("may", may);
        return Answer.ok(view);
    }

    private static Map<String, Object> view(SignInSettings signIn) {
        Map<String, Object> roles = new LinkedHashMap<>();
        SignInSettings.ROLES.forEach(role -> roles.put(role, signIn.roles().getOrDefault(role, List.of())));
        return Map.of("issuer", signIn.issuer(), "client", signIn.clientId(), "claim", signIn.claim(), "roles", roles);
    }
}
