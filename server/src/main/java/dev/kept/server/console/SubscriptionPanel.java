package dev.kept.server.console;

import dev.kept.core.html.Html;
import dev.kept.server.configuration.Topic;
import dev.kept.server.console.Parts.Column;
import dev.kept.server.console.Parts.Row;
import dev.kept.server.console.Parts.Tone;
import dev.kept.server.inform.Deliveries;
import dev.kept.server.inform.Deliveries.Delivery;
import dev.kept.server.inform.Deliveries.Endpoint;
import java.util.List;
import java.util.stream.Collectors;

/** The company's own endpoints on the page of settings: what each is told of, and what became of its last messages. */
final class SubscriptionPanel {

    private final Desk desk;

    SubscriptionPanel(Desk desk) {
        this.desk = desk;
    }

    Html show() {
        List<Endpoint> all =
                new Deliveries(desk.state(), desk.company().home().settings().subscriptions()).all();
        if (all.isEmpty()) {
            return Parts.panel(
                    "Subscriptions",
                    "",
                    Parts.empty("No endpoint is told of events: `subscriptions` in kept.yaml names some."));
        }
        Html inner = new Html();
        all.forEach(endpoint -> inner.add(endpoint(endpoint)));
        return Parts.panel(
                "Subscriptions",
                "Endpoints of the company's own that are told of events, signed, without anything of a person.",
                inner);
    }

    private Html endpoint(Endpoint endpoint) {
        Html html =
                new Html().raw("<div class=\"body\"><h3>").text(endpoint.name()).raw("</h3><p class=\"soft\">");
        html.text(endpoint.address() + " · "
                + (endpoint.topics().size() == Topic.values().length
                        ? "all events"
                        : endpoint.topics().stream().map(Topic::word).collect(Collectors.joining(", ")))
                + " · " + Parts.counted(endpoint.waiting(), "message") + " waiting");
        html.raw("</p></div>");
        if (endpoint.last().isEmpty()) {
            return html.add(Parts.empty("Nothing has happened that it is told of."));
        }
        return html.add(Parts.table(
                "Last messages to " + endpoint.name(),
                List.of(
                        Column.of("Written"),
                        Column.of("Event"),
                        Column.of("State"),
                        Column.number("Tries"),
                        Column.of("Last answer")),
                endpoint.last().stream().map(this::row).toList()));
    }

    private Row row(Delivery delivery) {
        return Row.of(
                Parts.time(delivery.at(), desk.company().zone()),
                Parts.code(delivery.type()),
                Parts.pill(tone(delivery.state()), delivery.state()),
                Parts.text(Parts.number(delivery.tries())),
                Parts.text(delivery.outcome().orElse("none yet")));
    }

    private static Tone tone(String state) {
        return switch (state) {
            case "taken" -> Tone.GOOD;
            case "given-up" -> Tone.BAD;
            default -> Tone.PLAIN;
        };
    }
}
