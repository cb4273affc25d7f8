package dev.kept.server.console;

import dev.kept.core.html.Html;
import dev.kept.core.rights.request.Deadline;
import dev.kept.core.rights.request.Deadline.Alarm;
import dev.kept.core.rights.request.Kind;
import dev.kept.core.rights.request.Stage;
import dev.kept.server.console.Parts.Choice;
import dev.kept.server.console.Parts.Column;
import dev.kept.server.console.Parts.Row;
import dev.kept.server.console.Parts.Tone;
import dev.kept.server.http.Entries;
import dev.kept.server.http.Refused;
import dev.kept.server.http.Reply;
import dev.kept.server.http.Trouble;
import dev.kept.server.request.Inbox;
import dev.kept.server.request.Inbox.After;
import dev.kept.server.request.Inbox.Filter;
import dev.kept.server.signin.Action;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The inbox: open requests by their last day, closed ones by receipt; filtered, page by page, several treated at once. Nobody is named in it. */
final class InboxPage {

    static final int PAGE = 50;

    private final Desk desk;

    InboxPage(Desk desk) {
        this.desk = desk;
    }

    Reply show(Asked asked) {
        Entries query = asked.visit().query();
        Filter filter = filter(query);
        Optional<After> after =
                Optional.of(query.text("after")).filter(text -> !text.isEmpty()).map(InboxPage::after);
        List<Inbox.Row> found = desk.inboxes().inbox().page(filter, after, PAGE + 1);
        List<Inbox.Row> page = found.subList(0, Math.min(PAGE, found.size()));
        boolean bulk = !filter.closed() && (asked.may(Action.APPROVE_REQUEST) || asked.may(Action.RETRY_REQUEST));
        Html list = page.isEmpty() ? Parts.empty("No request is like that.") : table(desk, page, bulk);
        if (bulk && !page.isEmpty()) {
            list = asked.form(Section.REQUESTS.path() + "/several")
                    .add(list)
                    .add(bulk(asked))
                    .raw("</form>");
        }
        if (found.size() > PAGE || after.isPresent()) {
            list.add(pages(
                    query,
                    after.isPresent(),
                    found.size() > PAGE ? Optional.of(cursor(After.of(page.getLast()))) : Optional.empty()));
        }
        Shell.Head head =
                Shell.Head.of(Section.REQUESTS, "What people asked, by the day on which they must be answered.");
        if (asked.may(Action.ENTER_REQUEST)) {
            head = head.beside(new Html()
                    .raw("<a class=\"button\" accesskey=\"n\" href=\"" + Section.REQUESTS.path()
                            + "/new\">Enter a request</a>"));
        }
        return desk.page(
                asked,
                head,
                filters(query, filter).raw("<div class=\"panel\">").add(list).raw("</div>"));
    }

    /** @throws Refused where it names what there is not */
    static Filter filter(Entries query) {
        Optional<Kind> kind =
                named(query, "kind").map(word -> Kind.parse(word).orElseThrow(() -> new Refused(Trouble.NOT_FOUND)));
        Optional<String> stage = named(query, "stage");
        if (stage.filter(word -> !Stage.WORDS.contains(word)).isPresent()) {
            throw new Refused(Trouble.NOT_FOUND);
        }
        Optional<Alarm> alarm = named(query, "alarm")
                .map(word -> Arrays.stream(Alarm.values())
                        .filter(one -> one.word().equals(word))
                        .findFirst()
                        .orElseThrow(() -> new Refused(Trouble.NOT_FOUND)));
        boolean closed = query.text("which").equals("closed");
        return new Filter(kind, stage, closed ? Optional.empty() : alarm, closed);
    }

    private static Optional<String> named(Entries query, String name) {
        return Optional.of(query.text(name)).filter(text -> !text.isEmpty());
    }

    /** Where a page goes on, as it stands in an address. */
    static String cursor(After after) {
        Instant at = after.at();
        return after.day() + "_" + at.getEpochSecond() + "." + at.getNano() + "_" + after.id();
    }

    static After after(String cursor) {
        try {
            String[] parts = cursor.split("_", 3);
            String[] at = parts[1].split("\\.", 2);
            return new After(
                    LocalDate.parse(parts[0]),
                    Instant.ofEpochSecond(Long.parseLong(at[0]), Long.parseLong(at[1])),
                    UUID.fromString(parts[2]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException | DateTimeException e) {
            throw new Refused(Trouble.NOT_FOUND);
        }
    }

    private static Html filters(Entries query, Filter filter) {
        List<Choice> kinds = new ArrayList<>(List.of(new Choice("", "any kind")));
        Arrays.stream(Kind.values()).forEach(kind -> kinds.add(new Choice(kind.word(), words(kind.word()))));
        List<Choice> stages = new ArrayList<>(List.of(new Choice("", "any stage")));
        Stage.WORDS.forEach(stage -> stages.add(new Choice(stage, words(stage))));
        return new Html()
                .raw("<form class=\"filters\" method=\"get\" action=\"" + Section.REQUESTS.path() + "\">")
                .add(Parts.select(
                        "which",
                        "Which",
                        List.of(new Choice("open", "open"), new Choice("closed", "closed")),
                        filter.closed() ? "closed" : "open"))
                .add(Parts.select("kind", "Kind", kinds, query.text("kind")))
                .add(Parts.select("stage", "Stage", stages, query.text("stage")))
                .add(Parts.select(
                        "alarm",
                        "Due",
                        List.of(
                                new Choice("", "whenever"),
                                new Choice(Alarm.OVERDUE.word(), "overdue"),
                                new Choice(Alarm.URGENT.word(), "in two days"),
                                new Choice(Alarm.SOON.word(), "in a week"),
                                new Choice(Alarm.NONE.word(), "later")),
                        query.text("alarm")))
                .raw("<button class=\"second\">Show</button></form>\n");
    }

    private static Html pages(Entries query, boolean first, Optional<String> next) {
        StringBuilder kept = new StringBuilder();
        for (String name : List.of("which", "kind", "stage", "alarm")) {
            if (!query.text(name).isEmpty()) {
                kept.append('&')
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(query.text(name), StandardCharsets.UTF_8));
            }
        }
        String base = Section.REQUESTS.path() + "?" + kept.toString().replaceFirst("^&", "");
        Html html = new Html().raw("<nav class=\"pages\" aria-label=\"Pages\">");
        html.add(first ? Parts.link(base, "First page") : new Html().raw("<span></span>"));
        next.ifPresent(
                cursor -> html.add(Parts.link(base + (kept.isEmpty() ? "" : "&") + "after=" + cursor, "Next page")));
        return html.raw("</nav>");
    }

    private static Html bulk(Asked asked) {
        List<Choice> acts = new ArrayList<>();
        if (asked.may(Action.APPROVE_REQUEST)) {
            acts.add(new Choice("approve", "Approve"));
            acts.add(new Choice("extend", "Extend by a month: too many requests"));
        }
        if (asked.may(Action.RETRY_REQUEST)) {
            acts.add(new Choice("retry", "Retry"));
        }
        return new Html()
                .raw("<div class=\"bulk\"><label for=\"f-act\">With the chosen ones</label>")
                .add(new Html()
                        .raw(Parts.select("act", "", acts, "")
                                .toString()
                                .replace("<div class=\"field\"><label for=\"f-act\"></label>", "")
                                .replaceFirst("</div>$", "")))
                .raw("<button class=\"second small\">Do it</button></div>");
    }

    static Html table(Desk desk, List<Inbox.Row> page, boolean bulk) {
        List<Column> columns = new ArrayList<>();
        if (bulk) {
            columns.add(Column.silent("Choose"));
        }
        columns.addAll(List.of(
                Column.of("Request"),
                Column.of("Kind"),
                Column.of("Stage"),
                Column.of("Due"),
                Column.of("Received"),
                Column.of("From")));
        List<Row> rows = new ArrayList<>();
        for (Inbox.Row row : page) {
            List<Html> cells = new ArrayList<>();
            if (bulk) {
                cells.add(new Html()
                        .raw("<input type=\"checkbox\" name=\"request\"")
                        .attribute("value", row.number())
                        .attribute("aria-label", "Choose " + row.number())
                        .raw(">"));
            }
            cells.add(new Html()
                    .raw("<a class=\"row-link mono\"")
                    .attribute("href", Section.REQUESTS.path() + "/" + row.number())
                    .raw(">")
                    .text(row.number())
                    .raw("</a>"));
            cells.add(new Html()
                    .text(words(row.kind().word()))
                    .raw(row.uses().isEmpty() ? "" : " ")
                    .text(String.join(", ", row.uses())));
            cells.add(stage(row));
            cells.add(due(desk, row));
            cells.add(Parts.time(row.firstReceivedAt(), desk.company().zone()));
            cells.add(Parts.text(row.channel().word()));
            rows.add(new Row("", bulk ? 1 : 0, cells));
        }
        return Parts.table("Requests", columns, rows);
    }

    private static Html stage(Inbox.Row row) {
        Html html = pill(row.stage());
        if (!row.proven() && row.closedAt().isEmpty()) {
            html.raw(" <span class=\"soft small\">not known who asks</span>");
        }
        if (row.waits() && row.tries() > 0 && !row.proven()) {
            html.raw(" ").add(Parts.pill(Tone.BAD, "no link sent yet"));
        }
        if (row.waits() && row.tries() > 0) {
            html.raw(" <span class=\"soft small\">")
                    .text("tried " + Parts.counted(row.tries(), "time"))
                    .raw("</span>");
        }
        return html;
    }

    static Html pill(String stage) {
        Tone tone = switch (stage) {
            case "failed" -> Tone.BAD;
            case "in-review" -> Tone.WARN;
            case "answered" -> Tone.GOOD;
            case "refused", "withdrawn", "expired", "joined" -> Tone.PLAIN;
            default -> Tone.CALM;
        };
        return Parts.pill(tone, words(stage));
    }

    private static Html due(Desk desk, Inbox.Row row) {
        if (row.closedAt().isPresent()) {
            return new Html()
                    .raw("<span class=\"soft\">closed ")
                    .text(Parts.day(LocalDate.ofInstant(
                            row.closedAt().get(), desk.company().zone())))
                    .raw("</span>");
        }
        return due(desk, row.due(), row.alarm(), row.reading());
    }

    static Html due(Desk desk, LocalDate due, Alarm alarm, Deadline.Reading reading) {
        if (reading == Deadline.Reading.STANDS) {
            return Parts.pill(Tone.PLAIN, "clock stands");
        }
        long days = ChronoUnit.DAYS.between(desk.company().today(), due);
        String said = days < 0
                ? Parts.counted(-days, "day") + " late"
                : days == 0 ? "today" : "in " + Parts.counted(days, "day");
        Tone tone = switch (alarm) {
            case OVERDUE -> Tone.BAD;
            case URGENT -> Tone.WARN;
            case SOON -> Tone.CALM;
            case NONE -> Tone.PLAIN;
        };
        return new Html()
                .add(Parts.pill(tone, said))
                .raw(" <span class=\"soft small\">")
                .text(Parts.day(due))
                .raw("</span>");
    }

    /** {@code human-review} as people write it. */
    static String words(String word) {
        return word.replace('-', ' ');
    }
}
