package dev.kept.stores.postgres.sql;

import dev.kept.core.datamap.Catalogue;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Link;
import dev.kept.core.datamap.Match;
import dev.kept.core.datamap.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Names, types and joins of the tables of a catalogue. */
public final class SqlTables {

    private static final Pattern LENGTH = Pattern.compile("\\(\\d+(,-?\\d+)?\\)");
    private static final Set<String> NUMBERS = Set.of("smallint", "integer", "bigint", "numeric");
    private static final Set<String> TEXTS = Set.of("text", "character varying", "bpchar", "name");
    private static final Set<String> WITHOUT_EQUALITY = Set.of(
            "json", "xml", "point", "line", "lseg", "box", "path", "polygon", "circle", "txid_snapshot", "pg_snapshot");

    private final Catalogue catalogue;

    public SqlTables(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    public CatalogueTable table(TableName name) {
        CatalogueTable table = catalogue.tables().get(name);
        if (table == null) {
            throw new IllegalArgumentException("the catalogue has no table `" + name + "`");
        }
        return table;
    }

    public CatalogueColumn column(TableName table, String name) {
        CatalogueColumn column = table(table).columns().get(name);
        if (column == null) {
            throw new IllegalArgumentException("the catalogue has no column `" + name + "` in `" + table + "`");
        }
        return column;
    }

    /** The leaf partitions of a partitioned table; of any other, the table itself. */
    public List<TableName> relations(TableName table) {
        return table(table).partitioning().map(Catalogue.Partitioning::leaves).orElse(List.of(table));
    }

    /** {@code "public"."customers"}. */
    public static String name(TableName table) {
        return Sql.quoted(table.schema()) + "." + Sql.quoted(table.name());
    }

    /** {@code "public"."customers" AS t0}. */
    public static String as(Row row) {
        return name(row.table()) + " AS " + row.alias();
    }

    /** The column's type for casts: of a domain its base type, without length or precision, which would cut values off. */
    public String castType(TableName table, String column) {
        return castType(column(table, column).baseType());
    }

    static String castType(String baseType) {
        String plain =
                baseType.indexOf('(') < 0 ? baseType : LENGTH.matcher(baseType).replaceAll("");
        return switch (plain) {
            case "character" -> "bpchar";
            case "bit" -> "bit varying";
            default -> plain;
        };
    }

    public boolean isText(TableName table, String column) {
        String type = castType(table, column);
        return TEXTS.contains(type) || isCitext(type);
    }

    private static boolean isCitext(String type) {
        return type.equals("citext") || type.endsWith(".citext");
    }

    public boolean isJson(TableName table, String column) {
        return castType(table, column).equals("json");
    }

    /** Whether {@code =} is defined for the column's type. */
    public boolean hasEquality(TableName table, String column) {
        return !WITHOUT_EQUALITY.contains(castType(table, column));
    }

    public List<String> nullable(TableName table, List<String> columns) {
        return columns.stream()
                .filter(column -> !column(table, column).notNull())
                .toList();
    }

    /** What is compared: the value, or its case-folded and trimmed form. */
    public static String compared(String column, Match match) {
        return match == Match.EXACT ? column : "lower(btrim(" + column + "::text))";
    }

    /** Both ends of each pair of a link's columns, in a form in which they can be compared. */
    private List<Pair> pairs(Link link) {
        return IntStream.range(0, link.columns().size())
                .mapToObj(i -> {
                    String here = link.columns().get(i);
                    String there = link.targetColumns().get(i);
                    boolean alike = comparable(castType(link.from(), here), castType(link.to(), there));
                    return new Pair(here, there, link.match() == Match.EXACT && !alike);
                })
                .toList();
    }

    private record Pair(String from, String to, boolean asText) {}

    private static boolean comparable(String a, String b) {
        return a.equals(b)
                || (NUMBERS.contains(a) && NUMBERS.contains(b))
                || ((TEXTS.contains(a) || isCitext(a)) && (TEXTS.contains(b) || isCitext(b)));
    }

    /** {@code from} points to {@code to} through the link. */
    public String joins(Link link, Row from, Row to) {
        List<String> conditions = new ArrayList<>();
        for (Pair pair : pairs(link)) {
            String pointing = end(link, from.column(pair.from()), pair);
            conditions.add(pointing + " = " + end(link, to.column(pair.to()), pair));
            if (link.match() == Match.CASEFOLD_TRIM) {
                conditions.add(pointing + " <> ''");
            }
        }
        if (!link.none().isEmpty()) {
            conditions.add(leads(link, from));
        }
        return String.join(" AND ", conditions);
    }

    /** What stands in the pointing row is none of the values that stand for nobody; only of links that have some. */
    public String leads(Link link, Row from) {
        return pointingValues(link, from).getFirst() + " NOT IN (" + String.join(", ", none(link)) + ")";
    }

    /** The same of a value that the link's first column may have. */
    public Sql leads(Link link, Parameter value) {
        boolean exact = link.match() == Match.EXACT;
        return Sql.of(
                exact ? "" : "lower(btrim(",
                value,
                "::" + noneType(link) + (exact ? "" : "))") + " NOT IN (" + String.join(", ", none(link)) + ")");
    }

    private static String end(Link link, String column, Pair pair) {
        return compared(column, link.match()) + (pair.asText() ? "::text" : "");
    }

    /** The pointing row's side of the join, as a row of values: {@code (t0."a", t0."b")}. */
    public String pointing(Link link, Row from) {
        return rowOf(pointingValues(link, from));
    }

    List<String> pointingValues(Link link, Row from) {
        return pairs(link).stream()
                .map(pair -> end(link, from.column(pair.from()), pair))
                .toList();
    }

    /** The same where it is sought on the other side: what is blank is nobody's and seeks nothing. */
    public String pointingSought(Link link, Row from) {
        return rowOf(pointingValuesSought(link, from));
    }

    List<String> pointingValuesSought(Link link, Row from) {
        return sought(link, pointingValues(link, from));
    }

    /** As {@link #pointingSought}, of the row pointed to. */
    public String pointedToSought(Link link, Row to) {
        return rowOf(pointedToValuesSought(link, to));
    }

    List<String> pointedToValuesSought(Link link, Row to) {
        return sought(link, pointedToValues(link, to));
    }

    /** On one side only, so that an index on the other's values serves. */
    private List<String> sought(Link link, List<String> values) {
        List<String> sought = link.match() == Match.EXACT
                ? values
                : values.stream().map(value -> "nullif(" + value + ", '')").toList();
        for (String none : none(link)) {
            sought = List.of("nullif(" + sought.getFirst() + ", " + none + ")");
        }
        return sought;
    }

    /** The values that lead nowhere, as the link's ends are compared. */
    private List<String> none(Link link) {
        if (link.none().isEmpty()) {
            return List.of();
        }
        String type = noneType(link);
        return link.none().stream()
                .map(value -> compared(Sql.literal(value) + "::" + type, link.match()))
                .toList();
    }

    private String noneType(Link link) {
        boolean text =
                link.match() == Match.CASEFOLD_TRIM || pairs(link).getFirst().asText();
        return text ? "text" : castType(link.from(), link.columns().getFirst());
    }

    /** The side of the row pointed to. */
    public String pointedTo(Link link, Row to) {
        return rowOf(pointedToValues(link, to));
    }

    List<String> pointedToValues(Link link, Row to) {
        return pairs(link).stream()
                .map(pair -> end(link, to.column(pair.to()), pair))
                .toList();
    }

    /** The values of a row of values, as a list selects them. */
    public static String unwrapped(String row) {
        return row.startsWith("(") && row.endsWith(")") ? row.substring(1, row.length() - 1) : row;
    }

    private static String rowOf(List<String> values) {
        return values.size() == 1 ? values.getFirst() : "(" + String.join(", ", values) + ")";
    }

    /** The columns by which rows are put in order before they are locked: the key, or where a row stands. */
    public String order(Row row) {
        List<String> key = table(row.table()).primaryKey();
        return key.isEmpty()
                ? row.alias() + ".tableoid, " + row.alias() + ".ctid"
                : String.join(", ", key.stream().map(row::column).toList());
    }

    /** That two rows of the same table are one and the same. */
    public static String same(Row a, Row b) {
        return a.alias() + ".ctid = " + b.alias() + ".ctid AND " + a.alias() + ".tableoid = " + b.alias() + ".tableoid";
    }

    /** The primary key's columns joined with {@code -}, as text; empty where there is no key. */
    public Optional<String> keyText(Row row) {
        List<String> key = table(row.table()).primaryKey();
        if (key.isEmpty()) {
            return Optional.empty();
        }
        List<String> parts =
                key.stream().map(name -> row.column(name) + "::text").toList();
        return Optional.of(String.join(" || '-' || ", parts));
    }

    /** The row stands in one of these blocks of its relation, the last one left out. */
    public static Sql between(Row row, long from, long to) {
        return Sql.of(row.alias(), ".ctid >= ", block(from), " AND ", row.alias(), ".ctid < ", block(to));
    }

    private static Sql block(long number) {
        return Sql.of(Parameter.value("(" + number + ",0)"), "::tid");
    }
}
