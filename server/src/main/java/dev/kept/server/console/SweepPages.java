package dev.kept.server.console;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.html.Html;
import dev.kept.server.console.Parts.Column;
import dev.kept.server.console.Parts.Row;
import dev.kept.server.console.Parts.Tone;
import dev.kept.server.console.RunList.Ran;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.http.Refused;
import dev.kept.server.http.Reply;
import dev.kept.server.http.Trouble;
import dev.kept.server.run.Approvals;
import dev.kept.server.run.Operator;
import dev.kept.server.signin.Action;
import dev.kept.server.signin.Acts;
import dev.kept.server.signin.Caller;
import dev.kept.server.state.CanonicalJson;
import dev.kept.server.task.SweepTasks;
import dev.kept.server.task.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sweeps: what the next one would do, what waits for a second person's yes, and what was done. */
final class SweepPages {

    private static final int PAGE = 50;

    private final Desk desk;
    private final RunList runs;

    SweepPages(Desk desk) {
        this.desk = desk;
        this.runs = new RunList(desk.state());
    }

    Reply list(Asked asked) {
        Html main = new Html();
        List<Ran> waiting = runs.waiting();
        if (!waiting.isEmpty()) {
            Html body = new Html();
            waiting.forEach(run -> body.add(waiting(asked, run)));
            main.add(Parts.panel(
                    "Waiting for a second person",
                    "They would take more of a table than one person may decide.",
                    body));
        }
        desk.company().stores().forEach(store -> main.add(ahead(asked, store)));
        List<Ran> page = runs.page(asked.visit().query().text("after"), PAGE + 1);
        main.add(Parts.panel("History", "Sweeps, and runs about one person, newest first.", history(page)));
        return desk.page(
                asked,
                Shell.Head.of(
                        Section.SWEEPS,
                        "A sweep forgets what has ended. Here is what the next one would do, and what each did."),
                main);
    }

    private Html waiting(Asked asked, Ran run) {
        Html html = new Html()
                .raw("<div class=\"body\"><p><b>")
                .text(run.store())
                .raw("</b>, begun ")
                .add(Parts.time(run.began(), desk.company().zone()))
                .raw("</p><ul>");
        Approvals.brakes(desk.state(), run.id()).stream()
                .map(brake -> brake.replace("`", ""))
                .forEach(brake -> html.element("li", brake));
        html.raw("</ul><p>")
                .add(Parts.link(Section.SWEEPS.path() + "/" + run.id(), "What it would do"))
                .raw("</p>");
        Caller caller = asked.caller();
        if (Approvals.startedBy(desk.state(), run.id(), new Approvals.Eyes(caller.names(), caller.account()))) {
            html.raw("<p class=\"soft\">You began it: another person has to say yes.</p>");
        } else if (asked.may(Action.APPROVE_SWEEP)) {
            html.add(asked.form(Section.SWEEPS.path() + "/" + run.id() + "/approve"))
                    .raw("<p class=\"actions\"><button>Approve as ")
                    .text(asked.caller().name())
                    .raw("</button></p></form>");
        }
        return html.raw("</div>");
    }

    private Html ahead(Asked asked, BoundStore store) {
        String name = store.store().name();
        Optional<Tasks.Standing> look = sweeps().ahead(name);
        boolean busy = look.isPresent() && look.get().underWay(desk.company().now());
        Html body = new Html();
        if (busy) {
            body.add(Parts.empty("Looking since "
                    + Parts.time(look.get().asked(), desk.company().zone())
                            .toString()
                            .replaceAll("<[^>]+>", "") + ". Load this page again to see what was found."));
        } else if (look.flatMap(Tasks.Standing::problem).isPresent()) {
            body.raw("<div class=\"body\">")
                    .add(Parts.note(Tone.BAD, look.get().problem().get()))
                    .raw("</div>");
        } else if (look.flatMap(Tasks.Standing::result).isPresent()) {
            body.add(found(look.get()));
        } else {
            body.add(Parts.empty("Nobody has looked yet."));
        }
        if (!busy && asked.may(Action.LOOK_AHEAD)) {
            body.add(asked.form(Section.SWEEPS.path() + "/ahead/" + name))
                    .raw("<div class=\"bulk\"><button class=\"second small\">Look now<span class=\"hidden\"> at ")
                    .text(name)
                    .raw(
                            "</span></button><span class=\"soft small\">Reads the whole store and changes nothing.</span></div></form>");
        }
        body.add(begun(asked, name));
        return Parts.panel("The next sweep of " + name, "", body);
    }

    /** What became of the one that was begun by hand last, and to begin one. */
    private Html begun(Asked asked, String store) {
        Html html = new Html();
        Optional<Tasks.Standing> last = sweeps().begun(store);
        boolean busy = last.filter(task -> task.underWay(desk.company().now())).isPresent();
        if (busy) {
            html.add(Parts.empty("A sweep is under way. Load this page again to see what came of it."));
        } else if (last.flatMap(Tasks.Standing::problem).isPresent()) {
            html.raw("<div class=\"body\">")
                    .add(Parts.note(
                            Tone.BAD,
                            "The sweep begun here: " + last.get().problem().get()))
                    .raw("</div>");
        }
        if (!busy && asked.may(Action.START_SWEEP)) {
            html.add(asked.form(Section.SWEEPS.path() + "/begin/" + store))
                    .raw("<div class=\"bulk\"><button class=\"second small\">Sweep now<span class=\"hidden\"> at ")
                    .text(store)
                    .raw("</span></button><span class=\"soft small\">Forgets what has ended, in the name of ")
                    .text(asked.caller().name())
                    .raw(". If it has to wait, another person says yes.</span></div></form>");
        }
        return html;
    }

    Reply begin(Asked asked) {
        asked.sent();
        BoundStore store = desk.company().store(asked.parts().getFirst());
        Caller caller = asked.caller();
        List<Operator> otherNames = caller.names().stream()
                .skip(1)
                .map(name -> new Operator(name, caller.account(), "another name of who started a sweep"))
                .toList();
        Operator operator = new Operator(caller.name(), caller.account(), "started a sweep", caller.role(), otherNames);
        Acts.Noted noted = desk.acts()
                .act(
                        caller,
                        "sweep-begun",
                        "began a sweep",
                        Map.of("store", store.store().name()));
        if (!sweeps().begin(desk.company().home(), store, operator, noted.writes())) {
            throw new CannotRun("a sweep of this store is under way", "wait until it has ended");
        }
        return Reply.SeeOther.to(Done.SWEEPING.at(Section.SWEEPS.path()));
    }

    private SweepTasks sweeps() {
        return new SweepTasks(desk.tasks());
    }

    private Html found(Tasks.Standing look) {
        Map<String, Object> found = CanonicalJson.read(look.result().orElse("{}"));
        List<Row> rows = new ArrayList<>();
        if (found.get("tables") instanceof Map<?, ?> tables) {
            tables.forEach((table, counts) -> {
                if (counts instanceof Map<?, ?> one) {
                    rows.add(Row.of(
                            Parts.code(String.valueOf(table)),
                            count(one, "rows"),
                            count(one, "delete"),
                            count(one, "clear"),
                            count(one, "unknown")));
                }
            });
        }
        Html html = new Html()
                .raw("<p class=\"body soft\">As of ")
                .add(Parts.time(look.asked(), desk.company().zone()))
                .raw(". First pass only: rows that become free when others go are found by the passes after it.</p>");
        if (found.get("doubt") != null) {
            html.raw("<div class=\"body\">")
                    .add(Parts.note(
                            Tone.WARN, String.valueOf(found.get("doubt")).replace("`", "")))
                    .raw("</div>");
        }
        if (found.get("brakes") instanceof List<?> brakes && !brakes.isEmpty()) {
            Html why = new Html();
            brakes.forEach(brake -> why.element("li", String.valueOf(brake).replace("`", "")));
            html.raw("<div class=\"body\"><p>It would wait for a second person:</p><ul>")
                    .add(why)
                    .raw("</ul></div>");
        }
        return rows.isEmpty()
                ? html.add(Parts.empty("It would change nothing, and nothing is unknown."))
                : html.add(Parts.table(
                        "What the next sweep would do",
                        List.of(
                                Column.of("Table"),
                                Column.number("Rows"),
                                Column.number("Deletes"),
                                Column.number("Clears"),
                                Column.number("Unknown")),
                        rows));
    }

    private static Html count(Map<?, ?> counts, String name) {
        return Parts.text(counts.get(name) instanceof Number number ? Parts.number(number.longValue()) : "0");
    }

    Reply look(Asked asked) {
        asked.sent();
        BoundStore store = desk.company().store(asked.parts().getFirst());
        Acts.Noted noted = desk.acts()
                .act(
                        asked.caller(),
                        "sweep-looked-ahead",
                        "looked at what the next sweep would do",
                        Map.of("store", store.store().name()));
        sweeps().look(desk.company().home(), store, noted.writes());
        return Reply.SeeOther.to(Done.LOOKING.at(Section.SWEEPS.path()));
    }

    private Html history(List<Ran> found) {
        if (found.isEmpty()) {
            return Parts.empty("Nothing ran yet.");
        }
        List<Ran> page = found.subList(0, Math.min(PAGE, found.size()));
        List<Row> rows = new ArrayList<>();
        for (Ran run : page) {
            rows.add(Row.of(
                    new Html()
                            .raw("<a class=\"row-link\"")
                            .attribute("href", Section.SWEEPS.path() + "/" + run.id())
                            .raw(">")
                            .add(Parts.time(run.began(), desk.company().zone()))
                            .raw("</a>"),
                    Parts.text(run.kind()),
                    Parts.text(run.store()),
                    state(run),
                    Parts.text(run.lasted().map(RunList::words).orElse("")),
                    Parts.text(run.role())));
        }
        Html html = Parts.table(
                "Runs",
                List.of(
                        Column.of("Begun"),
                        Column.of("Kind"),
                        Column.of("Store"),
                        Column.of("State"),
                        Column.of("Took"),
                        Column.of("By")),
                rows);
        if (found.size() > PAGE) {
            html.raw("<nav class=\"pages\" aria-label=\"Pages\"><span></span>")
                    .add(Parts.link(
                            Section.SWEEPS.path() + "?after=" + page.getLast().cursor(), "Earlier"))
                    .raw("</nav>");
        }
        return html;
    }

    private static Html state(Ran run) {
        Tone tone = switch (run.state()) {
            case DONE -> Tone.GOOD;
            case INCOMPLETE, WAITING -> Tone.WARN;
            case FAILED -> Tone.BAD;
            case RUNNING -> Tone.CALM;
            case ABANDONED -> Tone.PLAIN;
        };
        return Parts.pill(tone, run.state().name().toLowerCase(java.util.Locale.ROOT));
    }

    Reply one(Asked asked) {
        Ran run = runs.find(asked.id()).orElseThrow(() -> new Refused(Trouble.NOT_FOUND));
        Html main = Parts.panel(
                "What it is",
                "",
                Parts.body(Parts.facts(List.of(
                        Parts.Fact.of("Kind", run.kind()),
                        Parts.Fact.of("Store", run.store()),
                        new Parts.Fact("State", state(run)),
                        new Parts.Fact(
                                "As of", Parts.time(run.asOf(), desk.company().zone())),
                        new Parts.Fact(
                                "Begun", Parts.time(run.began(), desk.company().zone())),
                        Parts.Fact.of("Took", run.lasted().map(RunList::words).orElse("–")),
                        Parts.Fact.of("Begun by", run.role()),
                        new Parts.Fact("Plan", Parts.code(run.plan()))))));
        if (run.state() == dev.kept.server.state.RunState.WAITING) {
            main.add(Parts.panel("Waiting for a second person", "", waiting(asked, run)));
        }
        List<Row> rows = new ArrayList<>();
        runs.changed(run.id())
                .forEach((what, count) -> rows.add(Row.of(Parts.code(what), Parts.text(Parts.number(count)))));
        main.add(Parts.panel(
                "What it changed",
                "Rows, as far as known.",
                rows.isEmpty()
                        ? Parts.empty("Nothing was changed.")
                        : Parts.table(
                                "Rows changed", List.of(Column.of("Table and what"), Column.number("Rows")), rows)));
        main.add(Parts.panel(
                "In the ledger",
                "",
                LedgerPages.entries(desk, desk.state().journal().of(run.id()))));
        return desk.page(
                asked,
                Shell.Head.of(Section.SWEEPS, "")
                        .called("A run of kind " + run.kind())
                        .below(Section.SWEEPS.path(), "Sweeps"),
                main);
    }

    Reply approve(Asked asked) {
        asked.sent();
        Caller caller = asked.caller();
        Approvals.approve(desk.state(), asked.id(), caller.names(), caller.account(), caller.role());
        return Reply.SeeOther.to(Done.APPROVED.at(Section.SWEEPS.path()));
    }
}
