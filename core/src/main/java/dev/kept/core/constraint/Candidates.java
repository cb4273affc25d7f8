package dev.kept.core.constraint;

import dev.kept.core.constraint.Fit.To;
import dev.kept.core.constraint.Fit.ToKey;
import dev.kept.core.constraint.Fit.ToNull;
import dev.kept.core.datamap.Catalogue.CatalogueColumn;
import dev.kept.core.datamap.Catalogue.CatalogueTable;
import dev.kept.core.datamap.Catalogue.Check;
import dev.kept.core.value.ValueType;
import dev.kept.core.value.ValueType.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Values that say nothing about anybody, to be tried in this order. A value of an enumeration, or one out of a list that a CHECK allows, is
 * none of them: it would say something that may be untrue.
 */
final class Candidates {
    private static final Pattern REPEATED = Pattern.compile("\\{(\\d{1,3})[,}]");
    private static final int LONGEST_RUN = 128;
    private static final String KEY = "{key}";

    private static final Map<String, String> BY_TYPE = Map.ofEntries(
            Map.entry("inet", "0.0.0.0"),
            Map.entry("cidr", "0.0.0.0/0"),
            Map.entry("macaddr", "00:00:00:00:00:00"),
            Map.entry("bytea", "\\x"),
            Map.entry("interval", "00:00:00"),
            Map.entry("time without time zone", "00:00:00"),
            Map.entry("time with time zone", "00:00:00+00"),
            Map.entry("money", "0"),
            Map.entry("citext", "erased"),
            Map.entry("public.citext", "erased"),
            Map.entry("point", "(0,0)"),
            Map.entry("tsvector", ""),
            Map.entry("hstore", ""),
            Map.entry("public.hstore", ""),
            Map.entry("int4range", "empty"),
            Map.entry("int8range", "empty"),
            Map.entry("numrange", "empty"),
            Map.entry("daterange", "empty"),
            Map.entry("tsrange", "empty"),
            Map.entry("tstzrange", "empty"));

    private Candidates() {}

    /** One after the other, made when asked for: mostly the first fits. */
    static Stream<Fit> of(CatalogueTable table, CatalogueColumn column, Wish wish, BooleanSupplier keyUsable) {
        return switch (wish) {
            case Wish.Null() -> Stream.of(new ToNull());
            case Wish.Exactly(String value) ->
                value.contains(KEY)
                        ? keyUsable.getAsBoolean() ? Stream.of(template(value)) : Stream.of()
                        : Stream.of(new To(value));
            case Wish.Nobodys(boolean orNull) ->
                Stream.<Supplier<Stream<Fit>>>of(
                                () -> orNull ? Stream.of(new ToNull()) : Stream.of(),
                                () -> nobodys(table, column, keyUsable.getAsBoolean()))
                        .flatMap(Supplier::get);
            case Wish.Fitting() ->
                Stream.<Supplier<Stream<Fit>>>of(
                                () -> Stream.of(new ToNull()),
                                () -> plain(table, column).map(To::new),
                                () -> keyUsable.getAsBoolean() ? templates(table, column).stream() : Stream.of())
                        .flatMap(Supplier::get);
        };
    }

    /** Other than what a row is cleared to that is met by value: that is made of its key alone. */
    private static Stream<Fit> nobodys(CatalogueTable table, CatalogueColumn column, boolean keyUsable) {
        boolean text = ValueType.of(column.baseType()).kind() == Kind.TEXT
                || column.baseType().endsWith("citext");
        if (!text) {
            return Stream.of();
        }
        String name = "erased-" + table.name().name();
        Stream<Fit> ofKey = Stream.of(new ToKey(name + "-", ""), new ToKey(name + "-", "@erased.invalid"));
        return Stream.concat(
                keyUsable ? ofKey : Stream.of(), Stream.of(new To(name), new To(name + "@erased.invalid")));
    }

    private static ToKey template(String value) {
        int at = value.indexOf(KEY);
        return new ToKey(value.substring(0, at), value.substring(at + KEY.length()));
    }

    private static Stream<String> plain(CatalogueTable table, CatalogueColumn column) {
        if (!column.enumValues().isEmpty()) {
            return Stream.of();
        }
        if (column.baseType().endsWith("[]")) {
            return Stream.of("{}");
        }
        String fixed = BY_TYPE.get(column.baseType());
        if (fixed != null) {
            return Stream.of(fixed);
        }
        return switch (ValueType.of(column.baseType()).kind()) {
            case TEXT, PADDED_TEXT ->
                Stream.<Supplier<Stream<String>>>of(
                                () -> Stream.of("", "erased", "erased@erased.invalid", "-", "x", "XX"),
                                () -> runs(table, column))
                        .flatMap(Supplier::get);
            case INTEGER, NUMERIC, FLOAT -> Stream.of("0", "1");
            case BOOLEAN -> Stream.of("false");
            case JSON -> Stream.of("{}", "[]");
            case DATE -> Stream.of("1970-01-01");
            case LOCAL -> Stream.of("1970-01-01 00:00:00");
            case INSTANT -> Stream.of("1970-01-01 00:00:00+00");
            case UUID -> Stream.of("00000000-0000-0000-0000-000000000000");
            case OTHER -> Stream.of();
        };
    }

    /** As many equal signs as a pattern or a length asks for. */
    private static Stream<String> runs(CatalogueTable table, CatalogueColumn column) {
        Set<Integer> lengths = new LinkedHashSet<>();
        int limit = ValueType.of(column.baseType()).limit();
        if (limit > 0) {
            lengths.add(limit);
        }
        Stream.concat(
                        column.domainChecks().stream(),
                        table.checks().stream().filter(check -> check.columns().contains(column.name())))
                .map(Check::expression)
                .forEach(text -> {
                    Matcher repeated = REPEATED.matcher(text);
                    while (repeated.find()) {
                        lengths.add(Integer.parseInt(repeated.group(1)));
                    }
                });
        return lengths.stream()
                .filter(length -> length > 0 && length <= LONGEST_RUN)
                .flatMap(length -> Stream.of("0".repeat(length), "x".repeat(length), "X".repeat(length)));
    }

    private static List<Fit> templates(CatalogueTable table, CatalogueColumn column) {
        Kind kind = ValueType.of(column.baseType()).kind();
        List<Kind> key = table.primaryKey().stream()
                .map(name -> ValueType.of(table.column(name).baseType()).kind())
                .toList();
        List<Fit> templates = new ArrayList<>();
        if (kind == Kind.TEXT || column.baseType().endsWith("citext")) {
            templates.add(new ToKey("erased-", ""));
            templates.add(new ToKey("erased-", "@erased.invalid"));
            templates.add(new ToKey("e", ""));
        } else if (kind == Kind.INTEGER && key.equals(List.of(Kind.INTEGER))) {
            templates.add(new ToKey("-", ""));
        } else if (kind == Kind.UUID && key.equals(List.of(Kind.UUID))) {
            templates.add(new ToKey("", ""));
        }
        return templates;
    }
}
