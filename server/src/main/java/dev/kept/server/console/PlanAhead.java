package dev.kept.server.console;

import dev.kept.core.html.Html;
import dev.kept.server.console.Parts.Column;
import dev.kept.server.console.Parts.Row;
import dev.kept.server.console.Parts.Tone;
import dev.kept.server.http.Reply;
import dev.kept.server.request.StoredRequest;
import dev.kept.server.signin.Action;
import dev.kept.server.signin.Acts;
import dev.kept.server.state.CanonicalJson;
import dev.kept.server.task.RequestAhead;
import dev.kept.server.task.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a request would do in each store, before it runs, and what would stay on which ground: looked at beside the page. */
final class PlanAhead {

    private static final String UNDER_WAY = "Looking. Load this page again to see what it would do.";

    private final Desk desk;

    PlanAhead(Desk desk) {
        this.desk = desk;
    }

    private RequestAhead ahead() {
        return new RequestAhead(desk.tasks());
    }

    Html shown(Asked asked, StoredRequest stored) {
        boolean plannable = RequestAhead.plannable(stored.request());
        Optional<Tasks.Standing> look = ahead().last(stored.id());
        if (!plannable && look.isEmpty()) {
            return new Html();
        }
        Html html = new Html();
        boolean busy = look.filter(last -> last.underWay(desk.company().now())).isPresent();
        if (busy) {
            html.add(Parts.empty(UNDER_WAY));
        }
        look.flatMap(Tasks.Standing::problem)
                .ifPresent(problem -> html.raw("<div class=\"body\">")
                        .add(Parts.note(Tone.BAD, problem))
                        .raw("</div>"));
        look.filter(done -> done.result().isPresent()).ifPresent(done -> html.add(found(done)));
        if (plannable && !busy && asked.may(Action.APPROVE_REQUEST)) {
            html.add(asked.form(RequestPage.address(stored) + "/plan"))
                    .raw(
                            "<div class=\"bulk\"><button class=\"second small\">See what it would do</button>"
                                    + "<span class=\"soft small\">Reads the person's rows and changes nothing.</span></div></form>");
        }
        return html;
    }

    private Html found(Tasks.Standing look) {
        Html html = new Html()
                .raw("<p class=\"body soft\">What it would do, as of ")
                .add(Parts.time(look.asked(), desk.company().zone()))
                .raw("</p>");
        List<Row> rows = new ArrayList<>();
        List<Row> stays = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        CanonicalJson.read(look.result().orElse("{}")).forEach((store, parts) -> {
            if (parts instanceof Map<?, ?> map) {
                if (map.get("problem") != null) {
                    notes.add(store + ": " + map.get("problem"));
                }
                if (map.get("doubt") != null) {
                    notes.add(store + ": " + map.get("doubt"));
                }
                each(
                        map.get("tables"),
                        (table, counts) -> rows.add(Row.of(
                                Parts.code(table),
                                Parts.text(store),
                                number(counts, "delete"),
                                number(counts, "clear"))));
                if (map.get("written") instanceof Map<?, ?> written) {
                    written.forEach((column, count) -> notes.add("writes the time into `" + column + "` of " + count
                            + (count instanceof Number one && one.longValue() == 1 ? " row" : " rows")));
                }
                several(map.get("byHand")).forEach(task -> notes.add("by hand: " + task));
                stays.addAll(StoresPart.staying(store, map.get("stays")));
            }
        });
        if (!notes.isEmpty()) {
            html.raw("<ul class=\"body\">");
            notes.forEach(note -> html.element("li", note.replace("`", "")));
            html.raw("</ul>");
        }
        html.add(Parts.table(
                "What would be done",
                List.of(Column.of("Table"), Column.of("Store"), Column.number("Deletes"), Column.number("Clears")),
                rows));
        return html.add(StoresPart.stays("What would stay, and on which ground", stays));
    }

    private interface Each {
        void take(String name, Map<?, ?> values);
    }

    private static void each(@Nullable Object map, Each each) {
        if (map instanceof Map<?, ?> all) {
            all.forEach((name, values) -> {
                if (values instanceof Map<?, ?> one) {
                    each.take(String.valueOf(name), one);
                }
            });
        }
    }

    private static List<?> several(@Nullable Object list) {
        return list instanceof List<?> all ? all : List.of();
    }

    private static Html number(Map<?, ?> counts, String name) {
        return Parts.text(StoresPart.number(counts.get(name)));
    }

    Reply look(Asked asked) {
        asked.sent();
        StoredRequest stored = RequestActs.request(desk, asked);
        Acts.Noted noted = desk.acts()
                .act(
                        asked.caller(),
                        "request-looked-ahead",
                        "looked at what a request would do",
                        Map.of("request", stored.id().toString()));
        ahead().look(
                        desk.company().home(),
                        stored.id(),
                        stored.request(),
                        desk.details().persons(stored.id()),
                        noted.writes());
        return Reply.SeeOther.to(Done.LOOKING.at(RequestPage.address(stored)));
    }
}
