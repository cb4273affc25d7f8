package dev.kept.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How time grows with what there is: a sweep's for each row of a table, and planning's for each table of a store. */
final class GrowthBench {

    private static final List<Long> ROWS = List.of(100_000L, 1_000_000L, 5_000_000L, 20_000_000L);
    private static final List<Integer> TABLES = List.of(10, 100, 500, 2_000);
    private static final double BAR = 1.3;

    private GrowthBench() {}

    /** @param scale the share of the largest table's rows up to which tables are made */
    static List<Figure> run(double scale) throws Exception {
        List<Double> sweeps = new ArrayList<>();
        List<Long> sizes = ROWS.stream()
                .filter(rows -> rows <= Math.max(ROWS.get(1), ROWS.getLast() * scale))
                .toList();
        for (long rows : sizes) {
            sweeps.add(SweepBench.nanosPerRow(rows));
        }
        List<Double> plans = new ArrayList<>();
        for (int tables : TABLES) {
            plans.add(PlanBench.microsPerTable(tables));
        }
        return List.of(
                figure("sweep", "ns a row", "rows", sizes, sweeps, 0),
                figure("plan", "µs a table", "tables", TABLES, plans, 1));
    }

    /** @param from the size that others are compared with: smaller ones show what a run costs by itself */
    private static Figure figure(
            String name, String unit, String of, List<? extends Number> sizes, List<Double> each, int from) {
        double ratio = each.getLast() / each.get(from);
        List<String> told = new ArrayList<>();
        for (int i = 0; i < each.size(); i++) {
            told.add(String.format(Locale.ROOT, "%,d %s: %.0f", sizes.get(i).longValue(), of, each.get(i)));
        }
        return new Figure(
                "growth",
                name,
                ratio,
                "x from " + String.format(Locale.ROOT, "%,d %s", sizes.get(from).longValue(), of),
                "<= " + BAR,
                ratio <= BAR,
                unit + ": " + told.stream().collect(Collectors.joining("; ")));
    }
}
