package dev.kept.server.console;

import dev.kept.core.html.Html;
import dev.kept.core.proof.Verdict;
import dev.kept.core.proof.retention.Sweeps;
import dev.kept.core.rights.request.Deadline.Alarm;
import dev.kept.server.console.Parts.Column;
import dev.kept.server.console.Parts.Row;
import dev.kept.server.console.Parts.Tone;
import dev.kept.server.http.Reply;
import dev.kept.server.request.Inbox;
import dev.kept.server.signin.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What wants somebody today: requests by their last day, promises that are broken, sweeps that wait, holds to review. */
final class OverviewPage {

    private static final int MOST = 8;

    private final Desk desk;

    OverviewPage(Desk desk) {
        this.desk = desk;
    }

    Reply show(Asked asked) {
        Html main = new Html().raw("<div class=\"figures\">");
        if (asked.may(Action.SEE_REQUESTS)) {
            figure(main, Alarm.OVERDUE, "overdue", Tone.BAD);
            figure(main, Alarm.URGENT, "due in two days", Tone.WARN);
            figure(main, Alarm.SOON, "due in a week", Tone.PLAIN);
            figure(main, Alarm.NONE, "due later, or waiting for the person", Tone.PLAIN);
            Inbox inbox = desk.inboxes().inbox();
            wanting(main, inbox.toReview(), "on hold, to be looked at again", Tone.WARN, "held");
            wanting(main, inbox.askedLongAgo(), "questions to persons open for two weeks", Tone.WARN, "clarifying");
            wanting(
                    main,
                    inbox.withoutLink(),
                    "waiting for a link, since not every store answers",
                    Tone.BAD,
                    "received");
        }
        if (asked.may(Action.SEE_PROMISES)) {
            PromisesPage.last(desk)
                    .ifPresent(proof -> main.add(Parts.figure(
                            Parts.number(proof.count(Verdict.Kind.BROKEN)),
                            "promises broken",
                            proof.count(Verdict.Kind.BROKEN) > 0 ? Tone.BAD : Tone.GOOD,
                            Section.PROMISES.path())));
        }
        main.raw("</div>");
        if (asked.may(Action.SEE_REQUESTS)) {
            main.add(next());
        }
        if (asked.may(Action.SEE_SWEEPS)) {
            main.add(Parts.panel("Stores", "", stores()));
        }
        return desk.page(asked, Shell.Head.of(Section.OVERVIEW, "What wants somebody today."), main);
    }

    /** Requests at a stage that somebody has to see to; nothing where there are none. */
    private static void wanting(Html main, long count, String what, Tone tone, String stage) {
        if (count > 0) {
            main.add(Parts.figure(Parts.number(count), what, tone, Section.REQUESTS.path() + "?stage=" + stage));
        }
    }

    private void figure(Html main, Alarm alarm, String what, Tone tone) {
        long count = desk.inboxes().open(alarm);
        main.add(Parts.figure(
                Parts.number(count),
                what,
                count == 0 ? Tone.PLAIN : tone,
                Section.REQUESTS.path() + "?alarm=" + alarm.word()));
    }

    private Html next() {
        List<Inbox.Row> rows = desk.inboxes().inbox().page(Inbox.Filter.OPEN, Optional.empty(), MOST);
        return Parts.panel(
                "Next to be answered",
                "",
                rows.isEmpty()
                        ? Parts.empty("No request is open.")
                        : InboxPage.table(desk, rows, false)
                                .raw("<nav class=\"pages\" aria-label=\"More\"><span></span>")
                                .add(Parts.link(Section.REQUESTS.path(), "All requests"))
                                .raw("</nav>"));
    }

    private Html stores() {
        List<Row> rows = new ArrayList<>();
        desk.company().stores().forEach(store -> {
            Sweeps sweeps = desk.state().history().sweeps(store.store().name());
            boolean isolated =
                    desk.state().restores().isolated(store.store().name()).isPresent();
            Html state = isolated ? Parts.pill(Tone.BAD, "isolated").raw(" ").add(state(sweeps)) : state(sweeps);
            rows.add(Row.of(
                    Parts.text(store.store().name()),
                    state,
                    sweeps.lastEnded()
                            .map(at -> Parts.time(at, desk.company().zone()))
                            .orElseGet(() -> Parts.text("never")),
                    Parts.text(Parts.number(store.tables().size()))));
        });
        return Parts.table(
                "Stores",
                List.of(Column.of("Store"), Column.of("State"), Column.of("Last swept"), Column.number("Tables")),
                rows);
    }

    private static Html state(Sweeps sweeps) {
        if (sweeps.waiting().isPresent()) {
            return Parts.pill(Tone.WARN, "waits for approval");
        }
        if (sweeps.running().isPresent()) {
            return Parts.pill(Tone.CALM, "sweeping");
        }
        return sweeps.brokeOff().isPresent() ? Parts.pill(Tone.BAD, "broke off") : Parts.pill(Tone.GOOD, "at rest");
    }
}
