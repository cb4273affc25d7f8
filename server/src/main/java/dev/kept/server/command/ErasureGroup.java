package dev.kept.server.command;

import dev.kept.server.command.PersonWork.Tools;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.run.Operator;
import dev.kept.server.run.Outcome;
import dev.kept.server.run.PersonNames.Named;
import dev.kept.server.run.PersonStores.Hit;
import dev.kept.server.run.PersonStores.Place;
import dev.kept.server.run.RunService.Erasure;
import dev.kept.stores.postgres.run.RunOptions;
import dev.kept.stores.postgres.session.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Erases several persons in one run a store, each with an answer of her own. Where a store refuses that for one of them, each is erased by
 * herself, so that the others do not wait for her.
 */
final class ErasureGroup {

    /** So many persons are erased in one run: what is noted of them when it begins, and what is lost when it fails, stays small. */
    static final int MOST_PERSONS = 500;

    private static final int PROBLEMS_SHOWN = 20;

    private final Tools tools;
    private final Operator operator;

    ErasureGroup(Tools tools, Operator operator) {
        this.tools = tools;
        this.operator = operator;
    }

    /**
     * Erases them, and reports in their order; answers the worst exit code.
     *
     * @throws CannotRun where a store refused somebody, once all others are done
     */
    int erase(Map<Named, List<Hit>> people) {
        Map<Place, List<Named>> places = places(people);
        boolean several = places.values().stream().anyMatch(here -> here.size() > 1);
        if (!several) {
            return eachAlone(people);
        }
        List<Outcome> outcomes;
        try {
            outcomes = together(people, places);
        } catch (StoreException e) {
            return switch (e.kind()) {
                case LOST, BUSY, UNFIT -> throw e;
                case CONFLICT, TIME_LIMIT, PRIVILEGE, CONSTRAINT, NO_PROGRESS, OTHER -> eachAlone(people);
            };
        }
        return report(people, places, outcomes);
    }

    private static Map<Place, List<Named>> places(Map<Named, List<Hit>> people) {
        Map<Place, List<Named>> places = new LinkedHashMap<>();
        people.forEach((person, hits) -> hits.forEach(hit ->
                places.computeIfAbsent(hit.place(), any -> new ArrayList<>()).add(person)));
        return places;
    }

    /** The keys of all of them in all stores are committed before the first step in any. */
    private List<Outcome> together(Map<Named, List<Hit>> people, Map<Place, List<Named>> places) {
        List<Erasure> everywhere = new ArrayList<>();
        places.forEach((place, here) -> everywhere.add(Erasure.ofMany(
                place.store(),
                place.session(),
                here.stream()
                        .map(person -> hit(people, person, place).found().keys())
                        .toList())));
        return tools.runs().erase(everywhere, operator, RunOptions.defaults(), tools.progress());
    }

    private static Hit hit(Map<Named, List<Hit>> people, Named person, Place place) {
        return people.getOrDefault(person, List.of()).stream()
                .filter(hit -> hit.place().equals(place))
                .findFirst()
                .orElseThrow();
    }

    private int report(Map<Named, List<Hit>> people, Map<Place, List<Named>> places, List<Outcome> outcomes) {
        Map<Place, Outcome> runs = new LinkedHashMap<>();
        places.forEach((place, here) -> {
            Outcome run = outcomes.get(runs.size());
            runs.put(place, run);
            if (!tools.json()) {
                new ErasureReport(tools.output()).together(place.store(), run, here.size());
            }
        });
        int worst = ExitCode.OK;
        for (Map.Entry<Named, List<Hit>> person : people.entrySet()) {
            if (person.getValue().isEmpty()) {
                worst = Math.max(worst, PersonWork.absent(tools, person.getKey()));
            }
            for (Hit hit : person.getValue()) {
                List<Named> here = places.getOrDefault(hit.place(), List.of());
                Outcome run = Objects.requireNonNull(runs.get(hit.place()));
                worst = Math.max(worst, report(person.getKey(), hit, run, here));
            }
        }
        return worst;
    }

    /** A run that was asked to stop has nothing to say of each. */
    private int report(Named person, Hit hit, Outcome run, List<Named> here) {
        Outcome hers = run.each().isEmpty() ? run : run.each().get(here.indexOf(person));
        boolean findable = hers.stays().isEmpty() || hit.place().findable(hit.found());
        if (tools.json()) {
            Map<String, Object> document =
                    ErasureReport.document(hit.place().store(), hit.found(), hers.changedAsIn(run), findable);
            if (here.size() > 1) {
                document.put("together", here.size());
            }
            tools.documents().add(PersonWork.lined(person, document));
        } else {
            PersonWork.heading(tools, person, hit);
            new ErasureReport(tools.output()).printOne(hit.place().store(), hit.found(), hers, findable);
        }
        return ErasureReport.exit(hers.state());
    }

    private int eachAlone(Map<Named, List<Hit>> people) {
        int worst = ExitCode.OK;
        List<String> problems = new ArrayList<>();
        String advice = "";
        for (Map.Entry<Named, List<Hit>> person : people.entrySet()) {
            try {
                worst = Math.max(worst, alone(person.getKey(), person.getValue()));
            } catch (StoreException e) {
                switch (e.kind()) {
                    case LOST, BUSY, UNFIT -> throw e;
                    case CONFLICT, TIME_LIMIT, PRIVILEGE, CONSTRAINT, NO_PROGRESS, OTHER -> {
                        problems.add("line " + person.getKey().line() + ": " + e.getMessage());
                        advice = e.attempt();
                    }
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new CannotRun(
                    problems.stream().limit(PROBLEMS_SHOWN).collect(Collectors.joining("; "))
                            + (problems.size() > PROBLEMS_SHOWN
                                    ? "; and " + (problems.size() - PROBLEMS_SHOWN) + " more"
                                    : ""),
                    advice.isEmpty() ? "run the same command again" : advice);
        }
        return worst;
    }

    private int alone(Named person, List<Hit> hits) {
        if (hits.isEmpty()) {
            return PersonWork.absent(tools, person);
        }
        List<Erasure> everywhere = hits.stream()
                .map(hit -> new Erasure(
                        hit.place().store(), hit.place().session(), hit.found().keys()))
                .toList();
        List<Outcome> outcomes = tools.runs().erase(everywhere, operator, RunOptions.defaults(), tools.progress());
        int worst = ExitCode.OK;
        for (int i = 0; i < hits.size(); i++) {
            Hit hit = hits.get(i);
            Outcome outcome = outcomes.get(i);
            boolean findable = outcome.stays().isEmpty() || hit.place().findable(hit.found());
            PersonWork.heading(tools, person, hit);
            if (tools.json()) {
                tools.documents()
                        .add(PersonWork.lined(
                                person, ErasureReport.document(hit.place().store(), hit.found(), outcome, findable)));
            } else {
                new ErasureReport(tools.output()).print(hit.place().store(), hit.found(), outcome, findable);
            }
            worst = Math.max(worst, ErasureReport.exit(outcome.state()));
        }
        return worst;
    }
}
