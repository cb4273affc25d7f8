package dev.kept.server.centre;

import dev.kept.core.html.Html;
import java.util.Map;
import java.util.Optional;

/** Fields of a form with their labels, hints and errors, as people who see and people who hear them need them (WCAG 2.2, 1.3.1, 1.3.5, 3.3.1 to 3.3.3). */
final class FormMarkup {

    private final Guest guest;
    private final Map<String, String> errors;
    private final Html html = new Html();

    /**
     * @param action where it goes
     * @param errors what is wrong, by field
     */
    FormMarkup(Guest guest, String action, Map<String, String> errors) {
        this.guest = guest;
        this.errors = errors;
        html.raw("<form method=\"post\" novalidate")
                .attribute("action", action)
                .raw("><input type=\"hidden\" name=\"token\"")
                .attribute("value", guest.visit().token())
                .raw(">\n");
    }

    /** What is wrong, at the top, with links to the fields; nothing where nothing is. */
    static Html summary(Guest guest, Map<String, String> errors) {
        Html html = new Html();
        if (errors.isEmpty()) {
            return html;
        }
        html.raw("<div class=\"errors\" role=\"alert\" tabindex=\"-1\" aria-labelledby=\"errors\"><h2 id=\"errors\">")
                .text(guest.say("error.title"))
                .raw("</h2><ul>");
        errors.forEach((field, error) -> html.raw("<li><a")
                .attribute("href", "#" + field)
                .raw(">")
                .text(error)
                .raw("</a></li>"));
        return html.raw("</ul></div>\n");
    }

    /**
     * How one line is asked for.
     *
     * @param type of the input: {@code text}, {@code email}
     * @param complete what browsers fill in, as HTML names it; {@code off} for nothing
     */
    record Line(String name, String label, Optional<String> hint, String type, String complete, boolean optional) {}

    FormMarkup line(Line line, String value) {
        begin(line.name(), line.label(), line.hint(), line.optional());
        html.raw("<input")
                .attribute("id", line.name())
                .attribute("name", line.name())
                .attribute("type", line.type())
                .attribute("value", value)
                .attribute("autocomplete", line.complete());
        if (!line.type().equals("text")) {
            html.raw(" autocapitalize=\"none\" spellcheck=\"false\"");
        }
        state(line.name(), line.hint().isPresent(), line.optional());
        html.raw("></div>\n");
        return this;
    }

    FormMarkup text(String name, String label, Optional<String> hint, boolean optional, String value) {
        begin(name, label, hint, optional);
        html.raw("<textarea rows=\"5\"").attribute("id", name).attribute("name", name);
        state(name, hint.isPresent(), optional);
        // a newline right after the tag is dropped by browsers
        html.raw(">\n").text(value).raw("</textarea></div>\n");
        return this;
    }

    private void begin(String name, String label, Optional<String> hint, boolean optional) {
        html.raw("<div class=\"field\"><label").attribute("for", name).raw(">").text(label);
        if (optional) {
            html.raw(" <span class=\"soft\">").text(guest.say("form.optional")).raw("</span>");
        }
        html.raw("</label>");
        hint.ifPresent(words -> html.raw("<p class=\"hint\"")
                .attribute("id", name + "-hint")
                .raw(">")
                .text(words)
                .raw("</p>"));
        error(name);
    }

    private void error(String name) {
        String error = errors.get(name);
        if (error != null) {
            html.raw("<p class=\"error\"")
                    .attribute("id", name + "-error")
                    .raw("><span class=\"hidden\">")
                    .text(guest.say("error.prefix"))
                    .raw(" </span>")
                    .text(error)
                    .raw("</p>");
        }
    }

    private void state(String name, boolean hinted, boolean optional) {
        boolean wrong = errors.containsKey(name);
        String described = ((wrong ? name + "-error " : "") + (hinted ? name + "-hint" : "")).strip();
        if (!described.isEmpty()) {
            html.attribute("aria-describedby", described);
        }
        if (wrong) {
            html.raw(" aria-invalid=\"true\"");
        }
        if (!optional) {
            html.raw(" aria-required=\"true\"");
        }
    }

    /** Choices of which one is taken, each with what it is. */
    FormMarkup choices(String name, String legend, java.util.List<UseWords> uses, String chosen) {
        html.raw("<div class=\"field\"><fieldset").attribute("id", name);
        if (errors.containsKey(name)) {
            html.attribute("aria-describedby", name + "-error");
        }
        html.raw("><legend>").text(legend).raw("</legend>");
        error(name);
        for (UseWords use : uses) {
            String id = name + "-" + use.use().id();
            html.raw("<div class=\"choice\"><input type=\"radio\"")
                    .attribute("id", id)
                    .attribute("name", name)
                    .attribute("value", use.use().id());
            if (use.use().id().equals(chosen)) {
                html.raw(" checked");
            }
            html.raw("><label")
                    .attribute("for", id)
                    .raw("><b>")
                    .text(use.title())
                    .raw("</b>");
            if (!use.sentence().isEmpty()) {
                html.raw("<span class=\"hint\">").text(use.sentence()).raw("</span>");
            }
            html.raw("</label></div>\n");
        }
        html.raw("</fieldset></div>\n");
        return this;
    }

    /** The button, and the end of the form. */
    Html end(String button) {
        return end(button, "");
    }

    /** @param kind {@code second}, {@code danger}, or nothing for the page's main one */
    Html end(String button, String kind) {
        html.raw("<p class=\"actions\"><button");
        if (!kind.isEmpty()) {
            html.attribute("class", kind);
        }
        return html.raw(">").text(button).raw("</button></p></form>\n");
    }
}
