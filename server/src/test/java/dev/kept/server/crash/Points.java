package dev.kept.server.crash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The calls that a command makes, seen once without harm, and which of them to hold it at. */
final class Points implements Wire.Watch {

    private final Map<String, Integer> calls = new LinkedHashMap<>();
    private final List<String> stops = new ArrayList<>();

    /** Every call that the commands make which {@code work} runs in this process. */
    static Points of(Runnable work) {
        Points points = new Points();
        Wire.watch(points);
        try {
            work.run();
        } finally {
            Wire.watch(Wire.Watch.NONE);
        }
        return points;
    }

    @Override
    public synchronized Wire.Fate before(Call call) {
        String phase = call.phase();
        int occurrence = calls.merge(phase, 1, Integer::sum);
        if (!phase.equals("OTHER")) {
            stops.add(phase + " " + occurrence + " before");
            stops.add(phase + " " + occurrence + " answered");
        }
        return Wire.Fate.PASSES;
    }

    /** Where to stop: before a call of every phase, then after the last of each, then evenly among all, until there are {@code most}. */
    List<String> chosen(int most) {
        Set<String> chosen = new LinkedHashSet<>();
        Map<String, String> last = new HashMap<>();
        for (String stop : stops) {
            last.put(stop.substring(0, stop.indexOf(' ')), stop);
        }
        // The later phases first: what only looks is the least of them.
        List<Phase> phases = Arrays.stream(Phase.values())
                .filter(phase -> last.containsKey(phase.name()))
                .toList()
                .reversed();
        phases.forEach(phase -> add(chosen, phase + " 1 before", most));
        phases.forEach(phase -> add(chosen, last.getOrDefault(phase.name(), ""), most));
        for (int step = Math.max(1, stops.size() / most); step >= 1; step /= 2) {
            for (int i = 0; i < stops.size(); i += step) {
                add(chosen, stops.get(i), most);
            }
        }
        return List.copyOf(chosen);
    }

    private static void add(Set<String> chosen, String stop, int most) {
        if (chosen.size() < most) {
            chosen.add(stop);
        }
    }
}
