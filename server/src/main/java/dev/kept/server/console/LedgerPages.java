package dev.kept.server.console;

import dev.kept.core.html.Html;
import dev.kept.core.ledger.Checkpoint;
import dev.kept.server.console.Parts.Column;
import dev.kept.server.console.Parts.Row;
import dev.kept.server.console.Parts.Tone;
import dev.kept.server.http.Refused;
import dev.kept.server.http.Reply;
import dev.kept.server.http.Trouble;
import dev.kept.server.ledger.Ledger;
import dev.kept.server.signin.Action;
import dev.kept.server.state.CanonicalJson;
import dev.kept.server.state.Journal;
import dev.kept.server.task.LedgerCheck;
import dev.kept.server.task.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ledger: how long it is, what signs it, its latest entries, and whether all of it fits together. */
final class LedgerPages {

    private static final int PAGE = 50;
    private static final int LONGEST_ENTRY_SHOWN = 700;

    private final Desk desk;

    LedgerPages(Desk desk) {
        this.desk = desk;
    }

    Reply show(Asked asked) {
        Ledger.Status status = desk.company().home().ledger().status();
        Html figures = new Html()
                .raw("<div class=\"figures\">")
                .add(Parts.figure(Parts.number(status.entries()), "entries", Tone.PLAIN, ""))
                .add(Parts.figure(
                        status.checkpoint()
                                .map(Checkpoint::size)
                                .map(Parts::number)
                                .orElse("none"),
                        "under the last checkpoint",
                        Tone.PLAIN,
                        ""))
                .raw("</div>");
        Html main = figures.add(checkpoint(status)).add(verified(asked));
        long before = before(asked);
        List<Journal.Entry> found = desk.state().journal().before(before, PAGE + 1);
        List<Journal.Entry> page = found.subList(0, Math.min(PAGE, found.size()));
        Html entries = entries(desk, page);
        if (found.size() > PAGE) {
            entries.raw("<nav class=\"pages\" aria-label=\"Pages\"><span></span>")
                    .add(Parts.link(
                            Section.LEDGER.path() + "?before=" + page.getLast().seq(), "Earlier"))
                    .raw("</nav>");
        }
        main.add(Parts.panel("Entries", "Newest first, as they are: without data of persons.", entries));
        return desk.page(
                asked,
                Shell.Head.of(
                        Section.LEDGER, "Everything that was done, as an append-only log that an outsider can verify."),
                main);
    }

    private static long before(Asked asked) {
        String text = asked.visit().query().text("before");
        if (text.isEmpty()) {
            return Long.MAX_VALUE;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw new Refused(Trouble.NOT_FOUND);
        }
        return Long.parseLong(text);
    }

    private static Html checkpoint(Ledger.Status status) {
        List<Parts.Fact> facts = new ArrayList<>();
        facts.add(new Parts.Fact("Log", Parts.code(status.origin())));
        status.checkpoint()
                .ifPresent(checkpoint -> facts.add(
                        new Parts.Fact("Root", Parts.code(checkpoint.root().toString()))));
        status.keys()
                .forEach(key -> facts.add(new Parts.Fact(
                        key.signs() ? "Signs" : "Signed before",
                        Parts.code(key.key().toString()))));
        return Parts.panel(
                "Checkpoint",
                "",
                Parts.body(
                        Parts.facts(facts)
                                .raw(
                                        "<p><a href=\"/ledger/checkpoint\">The checkpoint itself</a>, for whoever verifies with a tool of their own</p>")));
    }

    private Html verified(Asked asked) {
        Optional<Tasks.Standing> last = new LedgerCheck(desk.tasks()).last();
        boolean busy = last.isPresent() && last.get().underWay(desk.company().now());
        Html body = new Html().raw("<div class=\"body\">");
        if (busy) {
            body.raw("<p>Being verified since ")
                    .add(Parts.time(last.get().asked(), desk.company().zone()))
                    .raw(".</p>");
        } else if (last.flatMap(Tasks.Standing::problem).isPresent()) {
            body.add(Parts.note(Tone.BAD, last.get().problem().get()));
        } else if (last.flatMap(Tasks.Standing::result).isPresent()) {
            body.add(result(last.get()));
        } else {
            body.raw("<p class=\"soft\">Not verified from here yet.</p>");
        }
        if (!busy && asked.may(Action.VERIFY_LEDGER)) {
            body.add(asked.form(Section.LEDGER.path() + "/verify"))
                    .raw(
                            "<p class=\"actions\"><button class=\"second small\">Verify all of it now</button></p></form>");
        }
        return Parts.panel(
                "Verification", "Every entry is hashed again, and every checkpoint compared.", body.raw("</div>"));
    }

    private Html result(Tasks.Standing last) {
        Map<String, Object> result = CanonicalJson.read(last.result().orElse("{}"));
        List<?> flaws = result.get("flaws") instanceof List<?> found ? found : List.of();
        Html html = Parts.note(
                flaws.isEmpty() ? Tone.GOOD : Tone.BAD,
                flaws.isEmpty()
                        ? "It fits together: " + result.get("entries") + " entries, " + result.get("checkpoints")
                                + " checkpoints."
                        : "It does not fit together.");
        if (!flaws.isEmpty()) {
            html.raw("<ul>");
            flaws.forEach(flaw -> html.element("li", String.valueOf(flaw)));
            html.raw("</ul>");
        }
        return html.raw("<p class=\"soft\">As of ")
                .add(Parts.time(last.asked(), desk.company().zone()))
                .raw("</p>");
    }

    Reply verify(Asked asked) {
        asked.sent();
        new LedgerCheck(desk.tasks())
                .begin(
                        desk.company().home().ledger(),
                        desk.acts()
                                .act(asked.caller(), LedgerCheck.BEGUN, "had the ledger verified", Map.of())
                                .writes());
        return Reply.SeeOther.to(Done.VERIFYING.at(Section.LEDGER.path()));
    }

    /** Entries as a table. */
    static Html entries(Desk desk, List<Journal.Entry> entries) {
        if (entries.isEmpty()) {
            return Parts.empty("No entries.");
        }
        List<Row> rows = new ArrayList<>();
        for (Journal.Entry entry : entries) {
            String json = entry.json();
            String shown = json.length() <= LONGEST_ENTRY_SHOWN ? json : json.substring(0, LONGEST_ENTRY_SHOWN) + "…";
            rows.add(Row.of(
                            Parts.link("/ledger/proof/" + entry.seq(), Parts.number(entry.seq())),
                            Parts.time(entry.at(), desk.company().zone()),
                            Parts.text(entry.kind()),
                            Parts.code(shown))
                    .headedBy(2));
        }
        return Parts.table(
                "Entries of the ledger",
                List.of(Column.number("No."), Column.of("When"), Column.of("What"), Column.of("Entry")),
                rows);
    }
}
