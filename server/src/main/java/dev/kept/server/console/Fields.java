package dev.kept.server.console;

import dev.kept.core.html.Html;
import dev.kept.server.console.Parts.Choice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fields of a form with their labels. Ids are one form's own, so that on a page with several forms each label leads to its field (WCAG 2.2, 1.3.1 and
 * 4.1.2).
 *
 * @param form tells the forms of a page apart; empty where there is one
 * @param values what stands in fields, by their names: what was written in them before, or what they begin with
 */
record Fields(String form, Map<String, String> values) {

    /** Of a page with one form. */
    static final Fields ALONE = new Fields("", Map.of());

    Fields {
        values = Map.copyOf(values);
    }

    /** The same, in which a field begins with something, unless something was written in it. */
    Fields beginning(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.putIfAbsent(name, value);
        return new Fields(form, more);
    }

    /** Where a form begins on its page. */
    static String anchor(String form) {
        return form.isEmpty() ? "form" : "form-" + form;
    }

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
        Html html = labelled(name, label, hint)
                .raw("<input")
                .attribute("id", id(name))
                .attribute("name", name)
                .attribute("type", type);
        String value = values.getOrDefault(name, "");
        if (!value.isEmpty()) {
            html.attribute("value", value);
        }
        return html.raw(more.isEmpty() ? "" : " " + more).raw("></div>");
    }

    Html area(String name, String label, String hint, int most) {
        return area(name, label, hint, most, true);
    }

    Html area(String name, String label, String hint, int most, boolean required) {
        return labelled(name, label, hint)
                .raw("<textarea")
                .attribute("id", id(name))
                .attribute("name", name)
                .attribute("maxlength", Integer.toString(most))
                .raw(required ? " required>" : ">")
                .text(values.getOrDefault(name, ""))
                .raw("</textarea></div>");
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
            if (choice.value().equals(values.getOrDefault(name, chosen))) {
                html.raw(" selected");
            }
            html.raw(">").text(choice.text()).raw("</option>");
        });
        return html.raw("</select></div>");
    }
}
