package dev.kept.server.console;

import dev.kept.core.html.Html;
import dev.kept.server.console.Parts.Choice;
import java.util.List;

/**
 * Fields of a form with their labels. Ids are one form's own, so that on a page with several forms each label leads to its field (WCAG 2.2, 1.3.1 and
 * 4.1.2).
 *
 * @param form tells the forms of a page apart; empty where there is one
 */
record Fields(String form) {

    /** Of a page with one form. */
    static final Fields ALONE = new Fields("");

    private String id(String name) {
        return form.isEmpty() ? "f-" + name : "f-" + form + "-" + name;
    }

    /** A field's beginning, as far as its label. */
    private Html labelled(String name, String label, String hint) {
        Html html = new Html()
                .raw("<div class=\"field\"><label")
                .attribute("for", id(name))
                .raw(">")
                .text(label);
        if (!hint.isEmpty()) {
            html.raw(" <span class=\"hint\">").text(hint).raw("</span>");
        }
        return html.raw("</label>");
    }

    /** A field with its label: a line of text. */
    Html field(String name, String label, String hint, String type, String more) {
        return labelled(name, label, hint)
                .raw("<input")
                .attribute("id", id(name))
                .attribute("name", name)
                .attribute("type", type)
                .raw(more.isEmpty() ? "" : " " + more)
                .raw("></div>");
    }

    Html area(String name, String label, String hint, int most) {
        return labelled(name, label, hint)
                .raw("<textarea")
                .attribute("id", id(name))
                .attribute("name", name)
                .attribute("maxlength", Integer.toString(most))
                .raw(" required></textarea></div>");
    }

    Html select(String name, String label, List<Choice> choices, String chosen) {
        Html html = new Html()
                .raw("<div class=\"field\"><label")
                .attribute("for", id(name))
                .raw(">")
                .text(label)
                .raw("</label><select")
                .attribute("id", id(name))
                .attribute("name", name)
                .raw(">");
        choices.forEach(choice -> {
            html.raw("<option").attribute("value", choice.value());
            if (choice.value().equals(chosen)) {
                html.raw(" selected");
            }
            html.raw(">").text(choice.text()).raw("</option>");
        });
        return html.raw("</select></div>");
    }
}
