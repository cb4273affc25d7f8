package dev.kept.server.command;

import dev.kept.core.source.Problem;
import java.io.Console;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How commands speak: lines for people, one JSON document for scripts. */
final class Output {

    /** Made where a document is written; lines do without. */
    private static final class Writing {
        static final JsonMapper MAPPER = JsonMapper.builder().build();
    }

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x80-\\x9f&&[^\\n]]");

    private static final int USUAL_COLUMNS = 80;
    private static final int LEAST_COLUMNS = 40;

    /** Under what is expected and found. */
    private static final String WITHIN_DIFFERENCE = " ".repeat(14);

    private final PrintWriter out;
    private final boolean colours;
    private final int columns;

    Output(PrintWriter out) {
        this(
                out,
                onTerminal() && System.getenv("NO_COLOR") == null,
                onTerminal() ? columns(System.getenv("COLUMNS")) : 0);
    }

    Output(PrintWriter out, boolean colours) {
        this(out, colours, 0);
    }

    /** @param columns the width of the terminal; 0: lines are not broken */
    Output(PrintWriter out, boolean colours, int columns) {
        this.out = out;
        this.colours = colours;
        this.columns = columns;
    }

    private static int columns(@Nullable String said) {
        return said != null && said.matches("[0-9]{2,4}")
                ? Math.max(Integer.parseInt(said), LEAST_COLUMNS)
                : USUAL_COLUMNS;
    }

    /** Whether a person is watching, and no file or other program. */
    @SuppressWarnings("SystemConsoleNull") // since JDK 25 it is null again where there is no terminal
    static boolean onTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    /** What files say must not steer the terminal it is shown on. */
    static String printable(String text) {
        return CONTROL.matcher(text)
                .replaceAll(
                        found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
    }

    void json(Object document) {
        out.print(text(document));
        out.flush();
    }

    /** A document as it is written: one line. */
    static String text(Object document) {
        return Writing.MAPPER.writeValueAsString(document) + System.lineSeparator();
    }

    /** One problem: where, what is wrong, what differs, what to try. On a terminal lines are as wide as it. */
    void problem(Problem problem) {
        boolean error = problem.severity() == Problem.Severity.ERROR;
        String place = problem.place().toString();
        String severity = error ? "error" : "advice";
        String code = "[" + problem.code() + "]";
        String said = wrapped(place + "  " + severity + "  " + printable(problem.message()) + "  " + code, "    ");
        String head = place + "  " + severity;
        if (said.startsWith(head) && said.endsWith(code)) {
            said = bold(place) + "  " + (error ? red(severity) : yellow(severity))
                    + said.substring(head.length(), said.length() - code.length()) + faint(code);
        }
        out.println(said);
        problem.difference().ifPresent(difference -> {
            out.println("    expected  " + green(wrapped(printable(difference.expected()), WITHIN_DIFFERENCE)));
            out.println("    found     " + red(wrapped(printable(difference.found()), WITHIN_DIFFERENCE)));
        });
        if (!problem.attempt().isEmpty()) {
            out.println(wrapped("    try: " + printable(problem.attempt()), "         "));
        }
        out.flush();
    }

    /** The text in lines of the terminal's width, the second and further ones indented; where nobody watches, in one line. */
    private String wrapped(String text, String indent) {
        if (columns == 0) {
            return text;
        }
        StringBuilder lines = new StringBuilder();
        int length = 0;
        int begin = 0;
        while (begin < text.length()) {
            int end = begin;
            while (end < text.length() && text.charAt(end) == ' ') {
                end++;
            }
            end = text.indexOf(' ', end);
            end = end < 0 ? text.length() : end;
            String word = text.substring(begin, end);
            if (length > 0
                    && length + word.length() > columns - (indent.equals(WITHIN_DIFFERENCE) ? indent.length() : 0)) {
                lines.append('\n').append(indent);
                word = word.stripLeading();
                length = indent.equals(WITHIN_DIFFERENCE) ? 0 : indent.length();
            }
            lines.append(word);
            length += word.length();
            begin = end;
        }
        return lines.toString();
    }

    static List<Map<String, Object>> json(List<Problem> problems) {
        return problems.stream().map(Output::json).toList();
    }

    private static Map<String, Object> json(Problem problem) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("severity", problem.severity() == Problem.Severity.ERROR ? "error" : "advice");
        json.put("code", problem.code());
        json.put("file", problem.place().file());
        json.put("line", problem.place().line());
        json.put("column", problem.place().column());
        json.put("path", problem.path());
        json.put("message", problem.message());
        json.put("try", problem.attempt());
        problem.difference().ifPresent(difference -> {
            json.put("expected", difference.expected());
            json.put("found", difference.found());
        });
        return json;
    }

    String bold(String text) {
        return styled("1", text);
    }

    String faint(String text) {
        return styled("2", text);
    }

    String red(String text) {
        return styled("31", text);
    }

    String yellow(String text) {
        return styled("33", text);
    }

    String green(String text) {
        return styled("32", text);
    }

    private String styled(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** {@code 1 problem}, {@code 2 problems}. */
    static String count(long count, String noun) {
        return count(count, noun, noun + "s");
    }

    static String count(long count, String one, String several) {
        return String.format(java.util.Locale.ROOT, "%,d %s", count, count == 1 ? one : several);
    }
}
