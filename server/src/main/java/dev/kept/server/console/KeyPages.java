package dev.kept.server.console;

import dev.kept.core.html.Html;
import dev.kept.server.console.Parts.Column;
import dev.kept.server.console.Parts.Row;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.http.Entries;
import dev.kept.server.http.Reply;
import dev.kept.server.signin.Action;
import dev.kept.server.signin.ApiKeys;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Keys for programs: which there are, granting one, which is shown once, and ending it. */
final class KeyPages {

    private final Desk desk;
    private final ApiKeys keys;

    KeyPages(Desk desk) {
        this.desk = desk;
        this.keys = new ApiKeys(desk.state());
    }

    private static Shell.Head head() {
        return Shell.Head.of(
                Section.KEYS,
                "For programs that use the interface: each key has a name, says what it is good for, and ends.");
    }

    Reply list(Asked asked) {
        List<ApiKeys.Key> all = keys.list(Optional.empty(), ApiKeys.MOST_LISTED);
        Html main = Parts.panel(
                "Keys",
                all.size() == ApiKeys.MOST_LISTED
                        ? "The newest " + ApiKeys.MOST_LISTED + "; all of them are in the API."
                        : "",
                all.isEmpty()
                        ? Parts.empty("No key was granted yet.")
                        : Parts.table(
                                "Keys",
                                List.of(
                                        Column.of("Name"),
                                        Column.of("Good for"),
                                        Column.of("Ends"),
                                        Column.of("Used"),
                                        Column.silent("Act")),
                                all.stream().map(key -> row(asked, key)).toList()));
        if (asked.may(Action.GRANT_KEY)) {
            main.add(Parts.panel("Grant a key", "Nobody grants more than they hold.", Parts.body(form(asked))));
        }
        return desk.page(asked, head(), main);
    }

    private Row row(Asked asked, ApiKeys.Key key) {
        boolean over =
                key.revoked().isPresent() || !key.ends().isAfter(desk.company().now());
        Html revoke = new Html();
        if (!over && asked.may(Action.REVOKE_KEY)) {
            revoke.add(asked.form(Section.KEYS.path() + "/" + key.id() + "/revoke"))
                    .raw("<button class=\"second small\">Revoke<span class=\"hidden\"> ")
                    .text(key.name())
                    .raw("</span></button></form>");
        } else if (over) {
            revoke.add(Parts.pill(Parts.Tone.PLAIN, key.revoked().isPresent() ? "revoked" : "over"));
        }
        return Row.of(
                Parts.text(key.name()),
                Parts.text(key.scopes().stream().sorted().map(Action::word).collect(Collectors.joining(", "))),
                Parts.time(key.ends(), desk.company().zone()),
                Parts.text(key.usedOn().map(Parts::day).orElse("never")),
                revoke);
    }

    private Html form(Asked asked) {
        Fields fields = asked.fields();
        Html html = asked.form(Section.KEYS.path(), "")
                .add(fields.field(
                        "name",
                        "Name of the program",
                        "",
                        "text",
                        "required maxlength=\"" + ApiKeys.LONGEST_NAME + "\""))
                .add(fields.field("ends", "Last day", "within a year", "date", "required"))
                .raw("<fieldset class=\"field\"><legend>Good for</legend>");
        List<String> chosen =
                asked.tried().map(tried -> tried.sent().all("scope")).orElse(List.of());
        for (Action action : Action.values()) {
            if (asked.may(action)) {
                String id = "scope-" + action.word();
                html.raw("<div class=\"choice\"><input type=\"checkbox\" name=\"scope\"")
                        .attribute("value", action.word())
                        .attribute("id", id)
                        .raw(chosen.contains(action.word()) ? " checked" : "")
                        .raw("><label")
                        .attribute("for", id)
                        .raw(">")
                        .text(action.word().replace('-', ' '));
                if (action.personal()) {
                    html.raw(" <span class=\"hint\">data of persons</span>");
                }
                html.raw("</label></div>");
            }
        }
        return html.raw("</fieldset><p class=\"actions\"><button>Grant the key</button></p></form>");
    }

    Reply grant(Asked asked) {
        Entries sent = asked.sent();
        Set<Action> scopes = EnumSet.noneOf(Action.class);
        sent.all("scope")
                .forEach(word -> scopes.add(Action.of(word)
                        .orElseThrow(() -> new CannotRun("there is no such right", "choose from the list"))));
        ApiKeys.Granted granted = keys.grant(
                asked.caller(),
                sent.text("name"),
                scopes,
                end(sent.text("ends"))
                        .plusDays(1)
                        .atStartOfDay(desk.company().zone())
                        .toInstant());
        Html main =
                Parts.note(Parts.Tone.WARN, "This is the key. It is shown this once: Kept has no more than its hash.");
        main.raw("<div class=\"panel\"><div class=\"body\"><p><code class=\"key\">")
                .text(granted.secret())
                .raw("</code></p></div></div>");
        main.raw("<p class=\"actions\"><a class=\"button second\"")
                .attribute("href", Section.KEYS.path())
                .raw(">Back to the keys</a></p>");
        return desk.page(asked, head().called("A new key"), main);
    }

    private static LocalDate end(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new CannotRun("the key has no last day", "name one within a year", e);
        }
    }

    Reply revoke(Asked asked) {
        asked.sent();
        if (!keys.revoke(asked.caller(), asked.id())) {
            throw new CannotRun("this key is not good any more anyway", "");
        }
        return Reply.SeeOther.to(Done.REVOKED.at(Section.KEYS.path()));
    }
}
