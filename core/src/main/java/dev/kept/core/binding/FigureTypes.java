package dev.kept.core.binding;

import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.Check;
import dev.kept.core.datamap.Statistics.Figure;
import dev.kept.core.datamap.Statistics.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which types figures are made of, and which hold them. */
final class FigureTypes {

    static final List<String> WHOLE = List.of("smallint", "integer", "bigint");
    static final Set<String> NUMBERS = Set.of("smallint", "integer", "bigint", "numeric");
    static final Set<String> TEXTS = Set.of("text", "character varying", "character", "bpchar", "citext", "name");
    static final Set<String> ADDRESSES = Set.of("inet", "cidr");

    /** Texts of so many characters at most are codes. */
    private static final int CODE = 3;

    private static final Pattern BRACKETS = Pattern.compile("\\([^)]*\\)");
    private static final Pattern CODES =
            Pattern.compile("(?:character|character varying|bpchar)\\(([1-" + CODE + "])\\)");

    private FigureTypes() {}

    /** The type of a table's column; empty where there is no such column. */
    static String of(BoundTable table, String column) {
        CatalogueColumn live = table.catalogue().columns().get(column);
        return live == null ? "" : plain(live.baseType());
    }

    /** Without length, precision or scale; an extension's type without its schema. */
    static String plain(String type) {
        String plain = BRACKETS.matcher(type).replaceAll("").strip().replace("  ", " ");
        return plain.endsWith(".citext") ? "citext" : plain;
    }

    /** Whether there are few values of a type by itself. */
    static boolean few(String plain, String type) {
        return plain.equals("boolean")
                || plain.equals("smallint")
                || CODES.matcher(type).matches();
    }

    /** Whether the constraint lists the values that may stand there. */
    static boolean lists(Check check) {
        return check.expression().contains("= ANY (ARRAY[")
                || check.expression().contains("= ANY ((ARRAY[");
    }

    /** The types of a column that takes the figure; empty where nothing can be said. */
    static List<String> fitting(Figure figure, String source) {
        return switch (figure) {
            case Figure.Rows rows -> numbers();
            case Figure.Persons persons -> numbers();
            case Figure.Day day -> List.of("date", "text");
            case Figure.Sum sum -> source.equals("numeric") ? List.of("numeric") : List.of("numeric", "bigint");
            case Figure.Common common ->
                common.forms().stream()
                        .map(form -> fitting(form, source))
                        .reduce((one, other) ->
                                one.stream().filter(other::contains).toList())
                        .orElse(List.of());
        };
    }

    private static List<String> numbers() {
        List<String> types = new ArrayList<>(WHOLE);
        types.add("numeric");
        return types;
    }

    private static List<String> fitting(Form form, String source) {
        return switch (form) {
            case Form.Value value -> source.isEmpty() ? List.of() : List.of(source, "text");
            case Form.Year year -> List.of("smallint", "integer", "bigint", "date", "text");
            case Form.Month month -> List.of("date", "text");
            case Form.First first -> List.of("text", "character varying", "citext");
            case Form.Network network -> List.of("inet", "cidr", "text");
            case Form.Steps steps ->
                steps.width().stripTrailingZeros().scale() <= 0
                        ? List.of("numeric", "bigint", "integer", "text")
                        : List.of("numeric", "text");
        };
    }
}
