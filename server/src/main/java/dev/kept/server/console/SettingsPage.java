package dev.kept.server.console;

import dev.kept.core.html.Html;
import dev.kept.core.notice.Notice;
import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.Settings;
import dev.kept.server.configuration.SignInSettings;
import dev.kept.server.console.Parts.Column;
import dev.kept.server.console.Parts.Fact;
import dev.kept.server.console.Parts.Row;
import dev.kept.server.http.Reply;
import dev.kept.server.signin.Action;
import dev.kept.server.signin.Permissions;
import dev.kept.server.signin.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How this Kept is set, to be read only: what is changed here is changed in files that are reviewed. Addresses of databases and secrets are not shown. */
final class SettingsPage {

    private final Desk desk;

    SettingsPage(Desk desk) {
        this.desk = desk;
    }

    Reply show(Asked asked) {
        Settings settings = desk.company().home().settings();
        Notice notice = desk.company().notice();
        int version = desk.company().home().checked().editions().versions().size();
        List<Fact> general = List.of(
                Fact.of("Notice", notice.name() + (version == 0 ? ", not published" : ", version " + version)),
                Fact.of("Controller", notice.controller().name()),
                Fact.of("Time zone", notice.controller().zone().toString()),
                Fact.of("Languages", String.join(", ", notice.languages())),
                Fact.of(
                        "Answered within",
                        notice.rights().answeredWithin().map(Object::toString).orElse("one month, as the law says")),
                Fact.of(
                        "Kept's own database",
                        settings.state().map(Environment::named).orElse("embedded")),
                Fact.of("Brake", settings.brakePercent() + " % of a table"),
                Fact.of("Ledger", settings.ledger().orElse("named after the notice")));
        Html main = Parts.panel("This Kept", "kept.yaml and notice.yaml", Parts.body(Parts.facts(general)));
        main.add(Parts.panel(
                "Sign-in",
                "",
                Parts.body(settings.signIn().map(SettingsPage::signIn).orElseGet(SettingsPage::links))));
        main.add(Parts.panel("Stores", "", stores()));
        main.add(new SubscriptionPanel(desk).show());
        main.add(Parts.panel("Who may do what", "The one table that every page asks.", permissions()));
        return desk.page(
                asked,
                Shell.Head.of(
                        Section.SETTINGS,
                        "Read only: settings are files, changed where the notice is reviewed. Secrets stand in the environment and are not shown."),
                main);
    }

    private static Html signIn(SignInSettings signIn) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Provider", Parts.code(signIn.issuer())));
        facts.add(new Fact("Client", Parts.code(signIn.clientId())));
        facts.add(Fact.of(
                "Secret",
                "the variable " + Environment.referredBy(signIn.clientSecret()).orElse("of the environment")));
        facts.add(new Fact("Claim", Parts.code(signIn.claim())));
        SignInSettings.ROLES.forEach(role ->
                facts.add(Fact.of(role, String.join(", ", signIn.roles().getOrDefault(role, List.of("nobody"))))));
        return Parts.facts(facts);
    }

    private static Html links() {
        return new Html()
                .raw(
                        "<p>No provider is named: staff sign in by links that `kept sign-in link` prints, each good once.</p>");
    }

    private Html stores() {
        List<Row> rows = new ArrayList<>();
        desk.company()
                .stores()
                .forEach(store -> rows.add(Row.of(
                        Parts.text(store.store().name()),
                        Parts.text(Environment.named(store.store().database())),
                        Parts.text(store.store().zone().toString()),
                        Parts.text(store.store()
                                .backupsKeptFor()
                                .map(Object::toString)
                                .orElse("not said")),
                        Parts.text(Parts.number(store.tables().size())))));
        return Parts.table(
                "Stores",
                List.of(
                        Column.of("Store"),
                        Column.of("Database"),
                        Column.of("Zone"),
                        Column.of("Backups kept for"),
                        Column.number("Tables")),
                rows);
    }

    private static Html permissions() {
        List<Column> columns = new ArrayList<>(List.of(Column.of("Action")));
        for (Role role : Role.values()) {
            columns.add(Column.of(role.word()));
        }
        List<Row> rows = new ArrayList<>();
        for (Action action : Action.values()) {
            List<Html> cells = new ArrayList<>();
            cells.add(Parts.text(action.word().replace('-', ' ')));
            for (Role role : Role.values()) {
                cells.add(Parts.text(Permissions.of(Set.of(role)).contains(action) ? "yes" : "–"));
            }
            rows.add(new Row("", 0, cells));
        }
        return Parts.table("Permissions", columns, rows);
    }
}
