package dev.kept.server.console;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.TableName;
import dev.kept.core.datamap.picture.MapPicture;
import dev.kept.core.datamap.picture.TableFacts;
import dev.kept.core.html.Html;
import dev.kept.core.notice.Use;
import dev.kept.server.console.Parts.Column;
import dev.kept.server.console.Parts.Row;
import dev.kept.server.http.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The data map: a picture, and the same as a table. */
final class MapPage {

    private final Desk desk;

    MapPage(Desk desk) {
        this.desk = desk;
    }

    Reply show(Asked asked) {
        BoundStore store = desk.company().store(asked.visit().query().text("store"));
        Html main = StoreChoice.of(desk.company(), Section.MAP, store);
        main.raw(
                        "<div class=\"panel\"><div class=\"map-box\" tabindex=\"0\" role=\"region\" aria-label=\"Picture of the data map\">")
                .add(MapPicture.of(store, MapPage::anchor))
                .raw("</div></div>");
        main.raw(
                "<p class=\"legend\"><span>Solid: a table that leads to a person</span><span>Dashed: rows shared by those who point to them</span>"
                        + "<span>≤: the longest period of its uses</span></p>");
        main.add(Parts.panel(
                "The same as a table",
                Parts.counted(store.tables().size(), "table") + " with data of persons",
                table(store)));
        notPersonal(store).ifPresent(main::add);
        return desk.page(
                asked,
                Shell.Head.of(
                        Section.MAP,
                        "Where data of persons lies, how a person is reached from it, which uses need it, and when they end."),
                main);
    }

    private static String anchor(TableName table) {
        return "#" + TableFacts.anchor(table);
    }

    private static Html table(BoundStore store) {
        List<Row> rows = new ArrayList<>();
        for (BoundTable table : store.tables().values()) {
            Html owners = new Html().raw("<ul>");
            TableFacts.owners(table).forEach(owner -> owners.element("li", owner));
            Html uses = new Html().raw("<ul>");
            for (Use use : TableFacts.uses(store, table)) {
                uses.raw("<li><b>")
                        .text(use.id())
                        .raw("</b> <span class=\"soft\">")
                        .text(TableFacts.ends(use))
                        .raw("</span></li>");
            }
            rows.add(Row.of(
                            Parts.code(table.name().toString()),
                            owners.raw("</ul>"),
                            uses.raw("</ul>"),
                            Parts.text(Parts.number(table.columns().size())))
                    .called(TableFacts.anchor(table.name())));
        }
        return Parts.table(
                "Tables of " + store.store().name(),
                List.of(
                        Column.of("Table"),
                        Column.of("Whose, and by what way"),
                        Column.of("Uses, and when each ends"),
                        Column.number("Columns")),
                rows);
    }

    private static Optional<Html> notPersonal(BoundStore store) {
        List<TableName> names = store.store().tables().values().stream()
                .filter(table -> !table.personal())
                .map(table -> table.name())
                .toList();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        Html chips = new Html().raw("<p class=\"chips\">");
        names.forEach(
                name -> chips.add(Parts.pill(Parts.Tone.PLAIN, name.toString())).raw(" "));
        return Optional.of(Parts.panel("Without data of persons", "", Parts.body(chips.raw("</p>"))));
    }
}
