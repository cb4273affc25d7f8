package dev.kept.server.console;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.TableName;
import dev.kept.core.html.Html;
import dev.kept.server.configuration.Home;
import dev.kept.server.console.Parts.Choice;
import dev.kept.server.console.Parts.Column;
import dev.kept.server.console.Parts.Row;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.http.Entries;
import dev.kept.server.http.Reply;
import dev.kept.server.run.LiveStore;
import dev.kept.server.run.Records;
import dev.kept.server.signin.Action;
import dev.kept.server.signin.HoldActs;
import dev.kept.server.state.Holds.OpenHold;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Legal holds: those that stand, soonest review first; opening one on a named record, and lifting it. */
final class HoldPages {

    private static final int LONGEST_REASON = HoldActs.LONGEST_REASON;
    private static final int LONGEST_KEY = 1_000;

    private final Desk desk;

    HoldPages(Desk desk) {
        this.desk = desk;
    }

    Reply list(Asked asked) {
        List<OpenHold> holds = new ArrayList<>();
        desk.company()
                .stores()
                .forEach(store ->
                        holds.addAll(desk.state().holds().open(store.store().name())));
        Html standing = holds.isEmpty()
                ? Parts.empty("No hold stands.")
                : Parts.table(
                        "Holds that stand",
                        List.of(Column.of("Review"), Column.of("Record"), Column.of("Reason"), Column.silent("Act")),
                        holds.stream().map(hold -> row(asked, hold)).toList());
        Html main = Parts.panel("Standing", Parts.counted(holds.size(), "hold"), standing);
        if (asked.may(Action.OPEN_HOLD)) {
            main.add(Parts.panel(
                    "Open a hold", "It lies on one record, not on a person's account.", Parts.body(form(asked))));
        }
        return desk.page(
                asked,
                Shell.Head.of(
                        Section.HOLDS,
                        "Records that must not be forgotten yet, each with its reason and the day on which somebody looks again."),
                main);
    }

    private Row row(Asked asked, OpenHold hold) {
        boolean due = !hold.reviewOn().isAfter(desk.company().today());
        Html review = new Html().text(Parts.day(hold.reviewOn())).raw(" ");
        if (due) {
            review.add(Parts.pill(Parts.Tone.BAD, "review due"));
        }
        Html record = new Html().element("code", hold.table().toString());
        if (asked.may(Action.SEE_HELD_RECORDS)) {
            record.text(" ").element("code", String.join(", ", hold.key()));
        }
        Html lift = new Html();
        if (asked.may(Action.LIFT_HOLD)) {
            lift.add(asked.form(Section.HOLDS.path() + "/" + hold.id() + "/lift"))
                    .raw("<button class=\"second small\">Lift<span class=\"hidden\"> the hold on ")
                    .text(hold.table().toString())
                    .raw("</span></button></form>");
        }
        // The reason may have been written by somebody who knew whom it is about.
        Html reason =
                asked.may(Action.SEE_HELD_RECORDS) ? Parts.text(hold.reason()) : Parts.text("not shown to this role");
        return Row.of(review, record, reason, lift);
    }

    private Html form(Asked asked) {
        List<Choice> tables = new ArrayList<>();
        desk.company()
                .stores()
                .forEach(store -> store.tables().keySet().forEach(table -> {
                    String name = store.store().name() + ":" + table;
                    tables.add(new Choice(name, desk.company().stores().size() == 1 ? table.toString() : name));
                }));
        Fields fields = asked.fields();
        return asked.form(Section.HOLDS.path(), "")
                .add(fields.select("table", "Table", tables, ""))
                .add(fields.field(
                        "record",
                        "Primary key of the record",
                        "several columns parted by commas",
                        "text",
                        "required maxlength=\"" + LONGEST_KEY + "\" autocomplete=\"off\""))
                .add(fields.field(
                        "reason", "Why", "no personal data", "text", "required maxlength=\"" + LONGEST_REASON + "\""))
                .add(fields.field("review", "When somebody looks again", "", "date", "required"))
                .raw("<p class=\"actions\"><button>Open the hold</button></p></form>");
    }

    Reply open(Asked asked) {
        Entries sent = asked.sent();
        String[] place = sent.text("table").split(":", 2);
        if (place.length != 2) {
            throw new CannotRun("no table was chosen", "choose one from the list");
        }
        BoundStore store = desk.company().store(place[0]);
        TableName table = TableName.parse(place[1]);
        if (!store.tables().containsKey(table)) {
            throw new CannotRun("the map has no such table of persons' data", "choose one from the list");
        }
        String reason = sent.text("reason");
        String record = sent.text("record");
        if (reason.isBlank() || reason.length() > LONGEST_REASON || record.isBlank() || record.length() > LONGEST_KEY) {
            throw new CannotRun("a hold has a record and a reason", "say both");
        }
        LocalDate review = review(sent.text("review"));
        Home home = desk.company().home();
        List<String> key = Records.there(
                LiveStore.open(home, store),
                table,
                Arrays.stream(record.split(",", -1)).map(String::strip).toList());
        HoldActs.Place held = new HoldActs.Place(store.store().name(), table, key);
        new HoldActs(desk.state()).open(asked.caller(), UUID.randomUUID(), held, reason, review, List.of());
        return Reply.SeeOther.to(Done.HELD.at(Section.HOLDS.path()));
    }

    private LocalDate review(String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.isBefore(desk.company().today())) {
                throw new CannotRun("the day of the review is over", "name a day that is still to come");
            }
            return day;
        } catch (DateTimeParseException e) {
            throw new CannotRun("the review has no day", "name one", e);
        }
    }

    Reply lift(Asked asked) {
        asked.sent();
        if (!new HoldActs(desk.state()).lift(asked.caller(), asked.id(), List.of())) {
            throw new CannotRun("this hold does not stand any more", "");
        }
        return Reply.SeeOther.to(Done.LIFTED.at(Section.HOLDS.path()));
    }
}
