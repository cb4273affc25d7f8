package dev.kept.bench;

import java.util.ArrayList;
import java.util.List;

/** Runs one benchmark beside its rival: {@code kept bench NAME [--json] [--scale SHARE]}. Exits 1 where a bar is missed, 2 for a name it does not know. */
public final class Main {

    private static final int MISSED = 1;
    private static final int CANNOT_RUN = 2;

    private Main() {}

    /** A benchmark's name, whether it is told as JSON, and of how much of its rows: a smaller share is for trying things out. */
    public static void main(String[] arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(arguments));
        boolean json = words.remove("--json");
        double scale = scale(words);
        String name = words.size() == 1 ? words.getFirst() : "";
        List<Figure> figures = switch (scale > 0 ? name : "") {
            case "check" -> CheckBench.run();
            case "plan" -> PlanBench.run();
            case "sweep" -> SweepBench.run(scale);
            case "erase-one" -> EraseBench.run(scale);
            case "erase-many" -> EraseManyBench.run(scale);
            case "access" -> AccessBench.run(scale);
            case "beside" -> BesideBench.run(scale);
            case "growth" -> GrowthBench.run(scale);
            case "requests" -> RequestsBench.run(scale);
            case "console" -> ConsoleBench.run(scale);
            case "forms" -> FormsBench.run(scale);
            case "ledger" -> LedgerBench.run(scale);
            default -> List.of();
        };
        if (figures.isEmpty()) {
            System.err.println("error: there is no such benchmark");
            System.err.println(
                    "try: kept bench check|plan|sweep|erase-one|erase-many|access|beside|growth|requests|console|forms|ledger [--json] [--scale SHARE]");
            System.exit(CANNOT_RUN);
        }
        figures.forEach(figure -> System.out.println(json ? figure.json() : figure.line()));
        System.exit(figures.stream().allMatch(Figure::ok) ? 0 : MISSED);
    }

    /** The share after {@code --scale}, taken out of the words; 1 where nothing is said, 0 for what is no share. */
    private static double scale(List<String> words) {
        int at = words.indexOf("--scale");
        if (at < 0) {
            return 1;
        }
        if (at + 1 == words.size() || !words.get(at + 1).matches("0\\.\\d+|1")) {
            return 0;
        }
        words.remove(at);
        return Double.parseDouble(words.remove(at));
    }
}
