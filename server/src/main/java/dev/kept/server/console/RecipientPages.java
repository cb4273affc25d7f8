package dev.kept.server.console;

import dev.kept.core.html.Html;
import dev.kept.server.console.Parts.Column;
import dev.kept.server.console.Parts.Fact;
import dev.kept.server.console.Parts.Row;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.http.Refused;
import dev.kept.server.http.Reply;
import dev.kept.server.http.Trouble;
import dev.kept.server.inform.Attempt;
import dev.kept.server.inform.Informed;
import dev.kept.server.inform.Told;
import dev.kept.server.inform.Told.Standing;
import dev.kept.server.request.Actor;
import dev.kept.server.signin.Action;
import dev.kept.server.signin.Caller;
import dev.kept.server.state.PrivateLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Recipients of persons' data (Art. 19): those whom somebody has to tell, the evidence of one, and the word of who has told it. By what it knows the person
 * sees only who may tell it.
 */
final class RecipientPages {

    private static final int MOST = 100;
    private static final int COMMAND_CHARACTERS = 8;

    private final Desk desk;
    private final Informed informed;

    RecipientPages(Desk desk) {
        this.desk = desk;
        this.informed = new Informed(desk.state());
    }

    private static String address(UUID informing) {
        return Section.RECIPIENTS.path() + "/" + informing;
    }

    Reply list(Asked asked) {
        List<Told> tasks = informed.tasks(MOST);
        Map<UUID, String> numbers =
                desk.requests().numbers(tasks.stream().map(Told::request).toList());
        Html table = tasks.isEmpty()
                ? Parts.empty("Nobody has to be told by hand.")
                : Parts.table(
                        "Recipients to be told",
                        List.of(
                                Column.of("Recipient"),
                                Column.of("Of"),
                                Column.of("For"),
                                Column.of("Why by hand"),
                                Column.of("Until")),
                        tasks.stream().map(told -> row(told, numbers)).toList());
        long all = informed.left();
        String lead = all > tasks.size() ? "The first " + tasks.size() + " of " + Parts.number(all) + "." : "";
        return desk.page(
                asked,
                Shell.Head.of(
                        Section.RECIPIENTS,
                        "Whoever received a person's data is told when it is erased, corrected or restricted. Most are told by Kept; these wait for somebody."),
                Parts.panel("To be told by somebody", lead, table));
    }

    private Row row(Told told, Map<UUID, String> numbers) {
        return Row.of(
                new Html()
                        .raw("<a class=\"row-link\"")
                        .attribute("href", address(told.id()))
                        .raw(">")
                        .text(told.recipient())
                        .raw("</a>"),
                Parts.text(told.done()),
                origin(told, numbers),
                Parts.text(RecipientWords.why(told)),
                Parts.time(told.dueAt(), desk.company().zone()));
    }

    /** The request it was done for; of what a command did, the beginning of its run's id. */
    private static Html origin(Told told, Map<UUID, String> numbers) {
        String number = numbers.get(told.request());
        return number == null
                ? Parts.text("a command, " + told.request().toString().substring(0, COMMAND_CHARACTERS))
                : Parts.link(Section.REQUESTS.path() + "/" + number, number);
    }

    Reply one(Asked asked) {
        Told told = told(asked);
        List<Fact> facts = new ArrayList<>(List.of(
                Fact.of("Recipient", told.recipient()),
                Fact.of("What was done", told.done()),
                new Fact("For", origin(told, desk.requests().numbers(List.of(told.request())))),
                Fact.of("Told by", RecipientWords.way(told)),
                new Fact("State", RecipientWords.state(told))));
        told.toldAt()
                .ifPresent(at ->
                        facts.add(new Fact("Told", Parts.time(at, desk.company().zone()))));
        if (told.reminders() > 0) {
            facts.add(Fact.of("Reminded", Parts.counted(told.reminders(), "time")));
        }
        told.endedAt()
                .ifPresent(at -> facts.add(
                        new Fact("Ended", Parts.time(at, desk.company().zone()))));
        boolean task = told.standing() == Standing.TASK;
        if (task) {
            facts.add(Fact.of("Why by hand", RecipientWords.why(told)));
            facts.add(new Fact("Until", Parts.time(told.dueAt(), desk.company().zone())));
        }
        if (asked.may(Action.TELL_RECIPIENT)) {
            informed.knownBy(told.id())
                    .ifPresent(known ->
                            known.forEach((category, value) -> facts.add(Fact.of("Knows her by " + category, value))));
        }
        Html main = Parts.panel("The recipient", "", Parts.body(Parts.facts(facts)));
        List<Attempt> tries = informed.attempts(told.id());
        if (!tries.isEmpty()) {
            main.add(Parts.panel("Tries", "", tries(tries)));
        }
        if (task && asked.may(Action.TELL_RECIPIENT)) {
            main.add(Parts.panel(
                    "Tell it",
                    "By whatever way there is; then say so. What is kept here of the person for this ends with it.",
                    Parts.body(form(asked, told))));
        }
        return desk.page(
                asked,
                Shell.Head.of(Section.RECIPIENTS, "")
                        .called(told.recipient())
                        .below(Section.RECIPIENTS.path(), "Recipients"),
                main);
    }

    private Html tries(List<Attempt> tries) {
        return Parts.table(
                "Tries",
                List.of(Column.number("Try"), Column.of("When"), Column.of("What came of it")),
                tries.stream()
                        .map(one -> Row.of(
                                Parts.text(Parts.number(one.number())),
                                Parts.time(one.at(), desk.company().zone()),
                                Parts.text(one.outcome())))
                        .toList());
    }

    private static Html form(Asked asked, Told told) {
        return asked.form(address(told.id()) + "/told", "")
                .add(asked.fields()
                        .area(
                                "how",
                                "How it was told",
                                "when, by which way, who answered; only the private log has it",
                                Actor.MOST_CHARACTERS))
                .raw("<p class=\"actions\"><button>It was told</button></p></form>");
    }

    private Told told(Asked asked) {
        return informed.find(asked.id()).orElseThrow(() -> new Refused(Trouble.NOT_FOUND));
    }

    /** Somebody says that a recipient was told. */
    Reply close(Asked asked) {
        String how = asked.sent().text("how");
        if (how.isBlank() || how.length() > Actor.MOST_CHARACTERS) {
            throw new CannotRun(
                    "how it was told is not said", "say it in at most " + Actor.MOST_CHARACTERS + " characters");
        }
        Told told = told(asked);
        Caller caller = asked.caller();
        PrivateLog.Act act = desk.state().privateLog().act(caller.name(), caller.account(), how);
        Informed.Staff staff = new Informed.Staff(caller.role(), act.commitment());
        if (!informed.close(told.id(), staff, List.of(act.write()))) {
            throw new CannotRun("nobody has to tell this recipient any more", "look at those that still wait");
        }
        return Reply.SeeOther.to(Done.TOLD.at(Section.RECIPIENTS.path()));
    }
}
