package dev.kept.server.access;

import dev.kept.core.rights.SeenColumn;
import dev.kept.core.rights.SeenRow;
import dev.kept.core.rights.SeenRow.Cell;
import dev.kept.core.rights.SeenTable;
import dev.kept.core.rights.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** One table as CSV (RFC 4180, UTF-8): nothing held is an empty field, an empty text is {@code ""}. */
final class CsvPart {

    /** With these a spreadsheet takes a text for a formula; the wide ones count in some languages. */
    private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

    /** A spreadsheet passes these over where a text begins. */
    private static final String PASSED_OVER = " \u00a0\u200b\u2060\ufeff\u0000";

    private static final String SEPARATORS = ";|\t\r\n";

    private static final String QUOTED = ",;\t\"\r\n";

    /** Where the list separator is another than ours, a text falls apart into several fields, each of which may be a formula. */
    private static final Pattern APART =
            Pattern.compile("([" + SEPARATORS + "])(?=[" + PASSED_OVER + "]*[=+\\-@＝＋－＠])");

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

    private final Writer out;
    private final List<SeenColumn> columns;

    /** @param target stays open */
    CsvPart(OutputStream target, SeenTable table) throws IOException {
        this.out = new OutputStreamWriter(target, StandardCharsets.UTF_8);
        this.columns =
                table.columns().stream().filter(column -> !column.secret()).toList();
        List<String> header = new ArrayList<>();
        columns.forEach(column -> header.add(field(column.id(), false)));
        header.add("held until");
        line(header);
    }

    void row(SeenTable table, SeenRow row, String until) throws IOException {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            SeenColumn column = table.columns().get(i);
            if (!column.secret()) {
                fields.add(
                        row.cells().get(i) instanceof Cell.Value(String text)
                                ? field(Values.plain(column, text), column.shape() == Shape.NUMBER)
                                : "");
            }
        }
        fields.add(field(until, false));
        line(fields);
    }

    private void line(List<String> fields) throws IOException {
        out.write(String.join(",", fields));
        out.write("\r\n");
    }

    /** An apostrophe makes a spreadsheet take for text what it would run as a formula; {@code data.json} has the text as it is. */
    static String field(String text, boolean number) {
        String safe = number && NUMBER.matcher(text).matches() ? text : defused(text);
        boolean quoted = safe.isEmpty() || hasAny(safe, QUOTED);
        return quoted ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }

    private static String defused(String text) {
        int first = 0;
        while (first < text.length() && PASSED_OVER.indexOf(text.charAt(first)) >= 0) {
            first++;
        }
        boolean formula = first < text.length() && FORMULA.indexOf(text.charAt(first)) >= 0;
        String led = formula ? "'" + text : text;
        return hasAny(led, SEPARATORS) ? APART.matcher(led).replaceAll("$1'") : led;
    }

    private static boolean hasAny(String text, String characters) {
        for (int i = 0; i < characters.length(); i++) {
            if (text.indexOf(characters.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    void end() throws IOException {
        out.flush();
    }
}
