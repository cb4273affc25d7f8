package dev.kept.server.console;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.html.Html;

/** Leads to the same page about another store, where there are several. */
final class StoreChoice {

    private StoreChoice() {}

    static Html of(Company company, Section section, BoundStore here) {
        Html html = new Html();
        if (company.stores().size() < 2) {
            return html;
        }
        html.raw("<nav class=\"filters\" aria-label=\"Stores\">");
        company.stores().forEach(store -> {
            html.raw("<a class=\"button small second\"")
                    .attribute(
                            "href", section.path() + "?store=" + store.store().name());
            if (store.store().name().equals(here.store().name())) {
                html.raw(" aria-current=\"true\"");
            }
            html.raw(">").text(store.store().name()).raw("</a>");
        });
        return html.raw("</nav>");
    }
}
