package dev.kept.bench;

import java.util.Arrays;
import java.util.List;

/** Runs one benchmark beside its rival: {@code kept bench NAME [--json]}. Exits 1 where a bar is missed, 2 for a name it does not know. */
public final class Main {

    private static final int MISSED = 1;
    private static final int CANNOT_RUN = 2;

    private Main() {}

    /** A benchmark's name and whether it is told as JSON. */
    public static void main(String[] arguments) throws Exception {
        boolean json = Arrays.asList(arguments).contains("--json");
        List<String> names = Arrays.stream(arguments)
                .filter(argument -> !argument.equals("--json"))
                .toList();
        String name = names.size() == 1 ? names.getFirst() : "";
        List<Figure> figures = switch (name) {
            case "check" -> CheckBench.run();
            case "plan" -> PlanBench.run();
            case "sweep" -> SweepBench.run();
            case "erase-one" -> EraseBench.run();
            default -> List.of();
        };
        if (figures.isEmpty()) {
            System.err.println("error: there is no such benchmark");
            System.err.println("try: kept bench check|plan|sweep|erase-one [--json]");
            System.exit(CANNOT_RUN);
        }
        figures.forEach(figure -> System.out.println(json ? figure.json() : figure.line()));
        System.exit(figures.stream().allMatch(Figure::ok) ? 0 : MISSED);
    }
}
