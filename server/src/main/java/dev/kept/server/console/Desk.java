package dev.kept.server.console;

import dev.kept.core.html.Html;
import dev.kept.server.configuration.Home;
import dev.kept.server.console.Counts.Count;
import dev.kept.server.http.Reply;
import dev.kept.server.request.Details;
import dev.kept.server.request.Messages;
import dev.kept.server.request.Rectifying;
import dev.kept.server.request.Requests;
import dev.kept.server.request.StaffDesk;
import dev.kept.server.run.LiveStore;
import dev.kept.server.signin.Acts;
import dev.kept.server.state.State;
import dev.kept.server.task.Tasks;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What every page is made with. */
record Desk(Company company, Shell shell, Acts acts, Tasks tasks, Inboxes inboxes) {

    State state() {
        return company.state();
    }

    /** A page; where it is that of a form that was not carried out, that and why is said first. */
    Reply page(Asked asked, Shell.Head head, Html main) {
        if (asked.tried().isPresent()) {
            Tried tried = asked.tried().orElseThrow();
            return shell.page(
                    409, asked, head, counts(asked), notDone(tried, main).add(main));
        }
        Html whole = Done.note(asked).add(main);
        return shell.page(asked, head, counts(asked), whole);
    }

    private static Html notDone(Tried tried, Html main) {
        Html html = new Html()
                .raw("<div class=\"note bad\" role=\"alert\"><p><strong>That was not done:</strong> ")
                .text(tried.problem())
                .raw(".");
        if (!tried.attempt().isEmpty()) {
            html.text(" Try: " + tried.attempt() + ".");
        }
        String anchor = Fields.anchor(tried.form());
        if (main.toString().contains("id=\"" + anchor + "\"")) {
            html.raw(" <a").attribute("href", "#" + anchor).raw(">To the form</a>");
        }
        return html.raw("</p></div>");
    }

    /** It was not done, and why. */
    Reply problem(Asked asked, Section section, String why, String attempt) {
        Html main = Parts.note(Parts.Tone.BAD, why);
        if (!attempt.isEmpty()) {
            main.raw("<p class=\"soft\">").text("Try: " + attempt).raw("</p>");
        }
        main.raw("<p class=\"actions\"><a class=\"button second\"")
                .attribute("href", section.path())
                .raw(">Back to ")
                .text(section.title())
                .raw("</a></p>");
        return shell.page(409, asked, Shell.Head.of(section, "").called("That was not done"), counts(asked), main);
    }

    private Counts counts(Asked asked) {
        Map<Section, Count> counts = new EnumMap<>(Section.class);
        if (asked.may(Section.REQUESTS.action())) {
            inboxes.count().ifPresent(count -> counts.put(Section.REQUESTS, count));
        }
        long[] waiting = state().database()
                .withHandle(handle -> handle.createQuery(
                                "select (select count(*) from kept.hold where lifted_at is null and review_on <= :today) as holds,"
                                        + " (select count(*) from kept.run where ended_at is null and state = 'waiting') as sweeps,"
                                        + " (select count(*) from kept.informing where state = 'task') as recipients")
                        .bind("today", company.today())
                        .map((row, context) ->
                                new long[] {row.getLong("holds"), row.getLong("sweeps"), row.getLong("recipients")})
                        .one());
        counts.put(Section.HOLDS, new Count(waiting[0], "due for review", true));
        counts.put(Section.DOUBTS, new Count(state().doubts().count(), "to be decided about", true));
        counts.put(Section.SWEEPS, new Count(waiting[1], "waiting for approval", true));
        counts.put(Section.RECIPIENTS, new Count(waiting[2], "to be told by somebody", true));
        return new Counts(counts);
    }

    Requests requests() {
        return company.office().requests();
    }

    StaffDesk staff() {
        return company.office().staffDesk();
    }

    Rectifying rectifying() {
        return company.office().rectifying();
    }

    Details details() {
        return company.office().details();
    }

    Messages messages() {
        return company.office().desk().messages();
    }

    /**
     * The stores as they are now.
     *
     * @throws dev.kept.server.failure.CannotRun where one does not answer
     */
    List<LiveStore> liveStores() {
        Home home = company.home();
        return company.stores().stream()
                .map(store -> LiveStore.open(home, store))
                .toList();
    }
}
