package dev.kept.server.demo;

import dev.kept.core.html.Html;
import dev.kept.server.http.Asset;
import dev.kept.server.http.Frame;
import dev.kept.server.http.Look;
import dev.kept.server.http.Reply;
import dev.kept.server.http.Room;
import dev.kept.server.http.Visit;
import dev.kept.server.mail.WaitingMails;
import dev.kept.server.mail.WaitingMails.Waiting;
import dev.kept.server.state.State;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The mailboxes of the demo's people: what would be sent, if the company were not made up. */
public final class DemoMails implements Room {

    static final String PATH = "/demo/mails";

    private static final Pattern LINK = Pattern.compile("https?://[\\w.:-]+(/[\\w/.-]*)");
    private static final DateTimeFormatter AT = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
            .withLocale(Locale.UK)
            .withZone(ZoneId.systemDefault());

    private static final Asset STYLE = Asset.css("demo", """
            .mail { border: 1px solid color-mix(in srgb, currentColor 18%, transparent); border-radius: .6rem;
              padding: 1rem 1.2rem; margin: 1.2rem 0; }
            .mail h2 { margin: 0 0 .3rem; font-size: 1.05rem; }
            .mail .to { margin: 0 0 .8rem; opacity: .75; font-size: .9rem; overflow-wrap: anywhere; }
            .mail .says { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; }
            """);

    private final State state;
    private final Look look;
    private final Optional<String> customer;

    /** @param customer an address that the demo's shop has, to ask with */
    public DemoMails(State state, Look look, Optional<String> customer) {
        this.state = state;
        this.look = look;
        this.customer = customer;
    }

    @Override
    public String name() {
        return "demo-mails";
    }

    @Override
    public List<Asset> assets() {
        return List.of(STYLE);
    }

    @Override
    public Optional<Reply> answer(Visit visit) {
        return visit.path().equals(PATH) && visit.method() == Visit.Method.GET
                ? Optional.of(Reply.Page.ok(page()))
                : Optional.empty();
    }

    private String page() {
        Html main = new Html();
        main.element("h1", "The demo's mail");
        main.element(
                "p",
                "These letters would go out, if the shop were not made up: nobody but you reads them. A one-time link opens in the browser in"
                        + " which it was asked for.");
        customer.ifPresent(address -> main.raw("<p>")
                .text("To try it: ask at ")
                .raw("<a href=\"/privacy\">/privacy</a>")
                .text(" as ")
                .element("strong", address)
                .text(", come back here, and open the newest letter's link.")
                .raw("</p>"));
        List<Waiting> mails = new WaitingMails(state).newest();
        if (mails.isEmpty()) {
            main.element("p", "No letter yet.");
        }
        mails.forEach(mail -> main.add(mail(mail)));
        return Frame.of(look, "en").style(STYLE).home("/notice").page("The demo's mail", main);
    }

    private static Html mail(Waiting mail) {
        Html html = new Html();
        html.raw("<article class=\"mail\" lang=\"")
                .text(mail.letter().language())
                .raw("\">");
        html.element("h2", mail.letter().subject());
        html.raw("<p class=\"to\">")
                .text("to " + mail.to() + ", " + AT.format(mail.madeAt()))
                .raw("</p>");
        return html.raw("<p class=\"says\">").add(linked(mail.letter().text())).raw("</p></article>");
    }

    /** The text, with links to this site as links. */
    private static Html linked(String text) {
        Html html = new Html();
        Matcher link = LINK.matcher(text);
        int from = 0;
        while (link.find()) {
            html.text(text.substring(from, link.start()))
                    .raw("<a href=\"")
                    .text(link.group(1))
                    .raw("\">")
                    .text(link.group())
                    .raw("</a>");
            from = link.end();
        }
        return html.text(text.substring(from));
    }
}
