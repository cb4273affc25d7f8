package dev.kept.core.datamap.picture;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.TableName;
import dev.kept.core.datamap.picture.Layers.Way;
import dev.kept.core.html.Html;
import dev.kept.core.notice.Use;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A data map as SVG: persons at the left, what is reached from them in columns to the right. It holds classes and no styles, so that the page
 * around it decides on colours, and can be shown under a policy that allows no inline style. Lengths are in pixels.
 */
public final class MapPicture {

    private static final int WIDTH = 248;
    private static final int HEIGHT = 66;
    private static final int GAP = 14;
    private static final int STEP = WIDTH + 96;
    private static final int TOP = 40;
    private static final int EDGE = 8;
    private static final int INSET = 12;

    /** What fits on a line of a table's box. */
    private static final int NAME_CHARACTERS = 30;

    private static final int LINE_CHARACTERS = 38;

    private final BoundStore store;
    private final Function<TableName, String> links;
    private final Layers layers;
    private final Map<TableName, Place> places = new HashMap<>();

    private record Place(int x, int y) {
        int middle() {
            return y + HEIGHT / 2;
        }
    }

    private MapPicture(BoundStore store, Function<TableName, String> links) {
        this.store = store;
        this.links = links;
        this.layers = Layers.of(store);
    }

    /** @param links where a table's box leads, as in {@code #shop.orders} */
    public static Html of(BoundStore store, Function<TableName, String> links) {
        return new MapPicture(store, links).draw();
    }

    private Html draw() {
        int tallest = layers.layers().stream().mapToInt(List::size).max().orElse(0);
        int height = TOP + tallest * (HEIGHT + GAP) + EDGE;
        int width = Math.max(1, layers.layers().size()) * STEP - (STEP - WIDTH) + 2 * EDGE;
        place(height);
        Html svg = new Html()
                .raw(
                        "<svg class=\"map\" xmlns=\"http://www.w3.org/2000/svg\" role=\"group\" aria-labelledby=\"map-title map-text\" viewBox=\"0 0 "
                                + width + " " + height + "\" width=\"" + width + "\" height=\"" + height + "\">")
                .raw("<title id=\"map-title\">")
                .text("How persons are reached in the store " + store.store().name())
                .raw("</title><desc id=\"map-text\">")
                .text("The table below the picture says the same in words.")
                .raw("</desc>\n");
        for (int i = 0; i < layers.layers().size(); i++) {
            text(svg, "layer", EDGE + i * STEP, TOP - 18, heading(i));
        }
        layers.ways().forEach(way -> draw(svg, way));
        layers.layers().forEach(layer -> layer.forEach(table -> draw(svg, table)));
        return svg.raw("</svg>\n");
    }

    private static String heading(int layer) {
        return switch (layer) {
            case 0 -> "Persons";
            case 1 -> "One step away";
            default -> layer + " steps away";
        };
    }

    /** Short columns stand in the middle of the longest, so that ways are short. */
    private void place(int height) {
        for (int i = 0; i < layers.layers().size(); i++) {
            List<TableName> layer = layers.layers().get(i);
            int room = height - TOP - EDGE - layer.size() * (HEIGHT + GAP);
            int space = i == 0 ? room / (layer.size() + 1) : 0;
            int y = TOP + (i == 0 ? space : room / 2);
            for (TableName table : layer) {
                places.put(table, new Place(EDGE + i * STEP, y));
                y += HEIGHT + GAP + space;
            }
        }
    }

    private void draw(Html svg, Way way) {
        Place from = places.get(way.from());
        Place to = places.get(way.to());
        if (from == null || to == null || way.from().equals(way.to())) {
            return;
        }
        String path;
        if (to.x() > from.x()) {
            int begin = from.x() + WIDTH;
            int bend = Math.max(40, (to.x() - begin) / 2);
            path = "M" + begin + " " + from.middle() + "C" + (begin + bend) + " " + from.middle() + " "
                    + (to.x() - bend) + " " + to.middle() + " " + to.x() + " " + to.middle();
        } else { // beside it, or back: around the right edge
            int begin = from.x() + WIDTH;
            int end = to.x() + WIDTH;
            path = "M" + begin + " " + from.middle() + "C" + (begin + 60) + " " + from.middle() + " " + (end + 60) + " "
                    + to.middle() + " " + end + " " + to.middle();
        }
        svg.raw("<path class=\"way" + (way.back() ? " shared" : "") + "\" d=\"" + path + "\"><title>")
                .text(
                        way.back()
                                ? way.from() + "." + String.join(", ", way.columns()) + " points to " + way.to()
                                : way.to() + "." + String.join(", ", way.columns()) + " leads to " + way.from())
                .raw("</title></path>\n");
    }

    private void draw(Html svg, TableName name) {
        Place place = places.getOrDefault(name, new Place(0, 0));
        BoundTable table = store.table(name);
        List<String> owners = TableFacts.owners(table);
        List<Use> uses = TableFacts.uses(store, table);
        String kind = table.map().person().isPresent() ? " person" : table.map().shared() ? " shared" : "";
        svg.raw("<a")
                .attribute("href", links.apply(name))
                .raw("><g class=\"table" + kind + "\"><title>")
                .text(name + ": " + String.join("; ", owners) + ". Uses: "
                        + uses.stream()
                                .map(use -> use.id() + " (" + TableFacts.ends(use) + ")")
                                .collect(Collectors.joining("; ")))
                .raw("</title><rect x=\"" + place.x() + "\" y=\"" + place.y() + "\" width=\"" + WIDTH + "\" height=\""
                        + HEIGHT + "\" rx=\"7\"/>");
        int x = place.x() + INSET;
        text(svg, "name", x, place.y() + 21, cut(name.toString(), NAME_CHARACTERS));
        text(svg, "how", x, place.y() + 38, cut(how(table), LINE_CHARACTERS));
        String longest =
                TableFacts.longest(store, table).map(span -> "≤ " + span + ": ").orElse("");
        String line = longest + uses.stream().map(Use::id).collect(Collectors.joining(", "));
        text(svg, "uses", x, place.y() + 55, cut(line, LINE_CHARACTERS));
        svg.raw("</g></a>\n");
    }

    private static String how(BoundTable table) {
        return table.map()
                .person()
                .map(person -> "a " + person.kind()
                        + (person.finders().isEmpty() ? "" : ", found by " + String.join(", ", person.finders())))
                .orElseGet(() -> {
                    Set<String> columns = new TreeSet<>();
                    table.roles().stream()
                            .filter(role -> !role.path().isEmpty())
                            .forEach(role ->
                                    columns.addAll(role.path().getFirst().columns()));
                    return table.map().shared()
                            ? "shared by those who point to it"
                            : "by " + String.join(", ", columns);
                });
    }

    private static void text(Html svg, String kind, int x, int y, String text) {
        svg.raw("<text class=\"" + kind + "\" x=\"" + x + "\" y=\"" + y + "\">")
                .text(text)
                .raw("</text>");
    }

    private static String cut(String text, int characters) {
        return text.length() <= characters ? text : text.substring(0, characters - 1) + "…";
    }
}
