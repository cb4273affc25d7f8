package dev.kept.core.lifecycle;

import dev.kept.core.constraint.Fit;
import dev.kept.core.constraint.Fits;
import dev.kept.core.constraint.Fitted;
import dev.kept.core.constraint.NewKey;
import dev.kept.core.constraint.Wish;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.TablePlan.Assignment;
import dev.kept.core.source.Place;
import dev.kept.core.source.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds what fits columns when their values are forgotten, and refuses where nothing is known to: before step one, naming the constraint. */
final class Fitting {

    private final String store;
    private final Neighbours neighbours;
    private final Map<TableName, Fits> fits;
    private final Set<Problem> refusals = new LinkedHashSet<>();
    private final Set<Problem> warnings = new LinkedHashSet<>();

    Fitting(String store, Neighbours neighbours, Map<TableName, Fits> fits) {
        this.store = store;
        this.neighbours = neighbours;
        this.fits = fits;
    }

    /**
     * Replacements for columns that are forgotten together.
     *
     * @param links columns of links that are cut: where a constraint forbids NULL, the link stays
     * @param before what has become of other columns of the row by then
     */
    List<Assignment> fit(BoundTable table, List<Assignment> wanted, Predicate<String> links, List<Assignment> before) {
        Map<String, Fit> known = new LinkedHashMap<>();
        before.stream()
                .filter(assignment -> assignment.path().isEmpty())
                .forEach(assignment -> known.put(assignment.column(), fit(assignment.replacement())));
        Map<String, Wish> data = new LinkedHashMap<>();
        List<String> cut = new ArrayList<>();
        for (Assignment assignment : wanted) {
            if (assignment.path().isEmpty()) {
                if (links.test(assignment.column()) && assignment.replacement() instanceof Replacement.Null) {
                    cut.add(assignment.column());
                } else {
                    data.put(assignment.column(), wish(table, assignment));
                }
            }
        }
        Fits finder = fits(table);
        Map<String, Fit> found =
                together(finder, data, cut, known).orElseGet(() -> apart(table, finder, data, cut, known));
        return wanted.stream()
                .filter(assignment -> !assignment.path().isEmpty() || found.containsKey(assignment.column()))
                .map(assignment -> assignment.path().isEmpty()
                        ? new Assignment(assignment.column(), List.of(), replacement(found.get(assignment.column())))
                        : assignment)
                .toList();
    }

    private static Optional<Map<String, Fit>> together(
            Fits finder, Map<String, Wish> data, List<String> cut, Map<String, Fit> known) {
        Map<String, Wish> all = new LinkedHashMap<>(data);
        cut.forEach(column -> all.put(column, new Wish.Null()));
        Fitted fitted = finder.find(all, known);
        return fitted.misfits().isEmpty() ? Optional.of(fitted.fits()) : Optional.empty();
    }

    private Map<String, Fit> apart(
            BoundTable table, Fits finder, Map<String, Wish> data, List<String> cut, Map<String, Fit> known) {
        Fitted fitted = withoutNobodys(table, finder, data, known);
        fitted.misfits().forEach(misfit -> refusals.add(refusal(table, misfit)));
        Map<String, Fit> found = new LinkedHashMap<>(fitted.fits());
        for (String column : cut) {
            Map<String, Fit> others = new LinkedHashMap<>(known);
            others.putAll(found);
            Fitted one = finder.find(Map.of(column, new Wish.Null()), others);
            if (one.misfits().isEmpty()) {
                found.putAll(one.fits());
            }
        }
        return found;
    }

    /** What the map says is nobody's, and for what nothing else is known to fit, stays as it is. */
    private Fitted withoutNobodys(BoundTable table, Fits finder, Map<String, Wish> data, Map<String, Fit> known) {
        Map<String, Wish> wanted = new LinkedHashMap<>(data);
        Fitted fitted = finder.find(wanted, known);
        while (true) {
            List<Fitted.Misfit> nobodys = fitted.misfits().stream()
                    .filter(misfit ->
                            nobodys(table, misfit.column()) && wanted.get(misfit.column()) instanceof Wish.Fitting)
                    .toList();
            if (nobodys.isEmpty()) {
                return fitted;
            }
            nobodys.forEach(misfit -> {
                wanted.remove(misfit.column());
                warnings.add(stays(table, misfit));
            });
            fitted = finder.find(wanted, known);
        }
    }

    private static boolean nobodys(BoundTable table, String column) {
        return Optional.ofNullable(table.columns().get(column))
                .filter(bound -> bound.map().notPersonal())
                .isPresent();
    }

    private Wish wish(BoundTable table, Assignment assignment) {
        boolean meeting = neighbours.meetingByValue(table.name()).contains(assignment.column());
        return switch (assignment.replacement()) {
            case Replacement.Constant constant -> new Wish.Exactly(constant.value());
            case Replacement.Null nothing -> meeting ? new Wish.Nobodys(true) : new Wish.Fitting();
            case Replacement.FromKey fromKey -> meeting ? new Wish.Nobodys(false) : new Wish.Fitting();
            case Replacement.RemovePath remove -> new Wish.Fitting();
        };
    }

    private static Fit fit(Replacement replacement) {
        return switch (replacement) {
            case Replacement.Null nothing -> new Fit.ToNull();
            case Replacement.Constant constant -> new Fit.To(constant.value());
            case Replacement.FromKey fromKey -> new Fit.ToKey(fromKey.prefix(), fromKey.suffix());
            case Replacement.RemovePath remove -> throw new IllegalArgumentException("a path is no column");
        };
    }

    private static Replacement replacement(@org.jspecify.annotations.Nullable Fit fit) {
        return switch (fit) {
            case null -> new Replacement.Null();
            case Fit.ToNull nothing -> new Replacement.Null();
            case Fit.To to -> new Replacement.Constant(to.value());
            case Fit.ToKey toKey -> new Replacement.FromKey(toKey.prefix(), toKey.suffix());
        };
    }

    private Fits fits(BoundTable table) {
        return fits.computeIfAbsent(
                table.name(),
                name -> new Fits(
                        table.catalogue(),
                        table.columns().values().stream()
                                .filter(column -> !column.map().notPersonal())
                                .map(column -> column.map().name())
                                .collect(Collectors.toSet()),
                        neighbours.metByValue(table.name())));
    }

    /** New shapes for personal key columns. */
    Map<String, NewKey> newKeys(BoundTable table, List<String> columns) {
        Map<String, NewKey> keys = new LinkedHashMap<>();
        for (String column : columns) {
            fits(table)
                    .newKey(column)
                    .ifPresentOrElse(
                            key -> keys.put(column, key),
                            () -> refusals.add(refusal(
                                    table,
                                    new Fitted.Misfit(
                                            column,
                                            "type "
                                                    + table.catalogue()
                                                            .column(column)
                                                            .type(),
                                            "give the table a key that is nobody's"))));
        }
        return keys;
    }

    private Problem refusal(BoundTable table, Fitted.Misfit misfit) {
        return Problem.error(
                "nothing-fits",
                Place.of("stores/" + store + ".yaml"),
                "stores." + store + "." + table.name() + "." + misfit.column(),
                "nothing is known to satisfy `" + misfit.constraint() + "` once `" + table.name() + "."
                        + misfit.column() + "` is forgotten while its row stays",
                misfit.attempt());
    }

    private Problem stays(BoundTable table, Fitted.Misfit misfit) {
        return Problem.advice(
                "stays-emptied",
                Place.of("stores/" + store + ".yaml"),
                "stores." + store + "." + table.name() + "." + misfit.column(),
                "`" + table.name() + "." + misfit.column()
                        + "` stays in rows that are emptied: it is not personal, and nothing else is known to"
                        + " satisfy `" + misfit.constraint() + "`",
                misfit.attempt());
    }

    List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    List<Problem> refusals() {
        return List.copyOf(refusals);
    }
}
