package dev.kept.server.command;

import dev.kept.core.source.Problem;
import java.io.Console;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** How commands speak: lines for people, one JSON document for scripts. */
final class Output {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final PrintWriter out;
    private final boolean colours;

    Output(PrintWriter out) {
        this(out, onTerminal() && System.getenv("NO_COLOR") == null);
    }

    Output(PrintWriter out, boolean colours) {
        this.out = out;
        this.colours = colours;
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

    void json(Object document) {
        out.println(MAPPER.writeValueAsString(document));
        out.flush();
    }

    /** One problem: where, what is wrong, what to try. */
    void problem(Problem problem) {
        boolean error = problem.severity() == Problem.Severity.ERROR;
        out.println(bold(problem.place().toString()) + "  " + (error ? red("error") : yellow("advice")) + "  "
                + problem.message() + "  " + faint("[" + problem.code() + "]"));
        if (!problem.attempt().isEmpty()) {
            out.println("    try: " + problem.attempt());
        }
        out.flush();
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
        return String.format(java.util.Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }
}
