package dev.kept.server.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The statements of {@code examples/larkfield/database/shop.sql}, in two parts, so that rows can be loaded between them.
 *
 * @param tables makes schemas, types and tables
 * @param keys makes the keys between the tables, the indexes and the trigger
 */
public record ShopSchema(List<String> tables, List<String> keys) {

    /** The line that divides the file starts so. */
    private static final String DIVIDER = "-- ====";

    public ShopSchema {
        tables = List.copyOf(tables);
        keys = List.copyOf(keys);
    }

    /** @throws IOException if the file cannot be read */
    public static ShopSchema read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    /** @throws IllegalArgumentException if no line divides the script */
    public static ShopSchema parse(String script) {
        int divider = script.indexOf(DIVIDER);
        if (divider < 0) {
            throw new IllegalArgumentException("the shop's schema has no line that starts with `" + DIVIDER + "`");
        }
        return new ShopSchema(statements(script.substring(0, divider)), statements(script.substring(divider)));
    }

    /** Statements end with a semicolon at the end of a line, outside of {@code $$ … $$}. */
    private static List<String> statements(String script) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        boolean body = false;
        for (String line : code(script)) {
            statement.append(line).append('\n');
            body ^= line.split("\\$\\$", -1).length % 2 == 0;
            if (!body && line.endsWith(";")) {
                statements.add(statement.toString());
                statement.setLength(0);
            }
        }
        return statements;
    }

    private static List<String> code(String script) {
        return Arrays.stream(script.split("\n", -1))
                .map(line -> line.replaceFirst(" *-- .*$", ""))
                .filter(line -> !line.isBlank())
                .toList();
    }
}
