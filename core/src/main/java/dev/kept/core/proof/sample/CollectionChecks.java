package dev.kept.core.proof.sample;

import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.Column;
import dev.kept.core.datamap.Store;
import dev.kept.core.datamap.TableName;
import dev.kept.core.live.LeftOut;
import dev.kept.core.notice.Category;
import dev.kept.core.notice.Notice;
import dev.kept.core.proof.Check;
import dev.kept.core.proof.Finding;
import dev.kept.core.proof.Seen;
import dev.kept.core.proof.Spot;
import dev.kept.core.proof.Unclear;
import dev.kept.core.proof.Unclear.Reason;
import dev.kept.core.proof.Verdict;
import dev.kept.core.source.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a store's live schema and a sample of its values say of the promises on collecting: data is held where the map says, and nowhere else. */
public final class CollectionChecks {

    private final BoundStore store;
    private final Look look;
    private final Map<String, List<Finding>> findings = new LinkedHashMap<>();

    private CollectionChecks(BoundStore store, Look look) {
        this.store = store;
        this.look = look;
    }

    /**
     * What was looked at.
     *
     * @param undeclared the live schema's tables and columns that the map does not know
     * @param leftOut what else holds rows there
     * @param sampled what values look like
     * @param notSampled tables that were to be sampled and were not, and why
     */
    public record Look(
            List<Problem> undeclared,
            List<LeftOut> leftOut,
            List<SampledColumn> sampled,
            Map<TableName, Unclear> notSampled) {
        public Look {
            undeclared = List.copyOf(undeclared);
            leftOut = List.copyOf(leftOut);
            sampled = List.copyOf(sampled);
            notSampled = Map.copyOf(notSampled);
        }
    }

    /** The checks of one store. */
    public static List<Check> of(BoundStore store, Look look) {
        return new CollectionChecks(store, look).all();
    }

    /** The checks of a store that could not be looked at. */
    public static List<Check> failed(Notice notice, Store map, Unclear why) {
        List<Check> checks = new ArrayList<>();
        checks.add(new Check("collects", Verdict.notShown(why)));
        Set<String> held = held(map);
        for (Category category : notice.collects().values()) {
            if (held.contains(category.id())) {
                checks.add(new Check(category.path(), Verdict.notShown(why)));
                if (!category.identifies()) {
                    checks.add(new Check(category.path() + ".identifies", Verdict.notShown(why)));
                }
            }
        }
        return checks;
    }

    private static Set<String> held(Store map) {
        Set<String> held = new TreeSet<>();
        map.tables().values().stream()
                .flatMap(table -> table.columns().values().stream())
                .map(Column::categories)
                .forEach(held::addAll);
        return held;
    }

    private List<Check> all() {
        look.undeclared().forEach(this::undeclared);
        look.leftOut().stream()
                .filter(leftOut -> leftOut.kind() == LeftOut.Kind.INHERITING_TABLE)
                .forEach(this::inheriting);
        new Denials(store).in(look.sampled()).forEach((path, found) -> found.forEach(one -> put(path, one)));
        List<Check> checks = new ArrayList<>();
        checks.add(new Check("collects", chapter()));
        Set<String> held = held(store.store());
        for (Category category : store.notice().collects().values()) {
            boolean broken = findings.containsKey(category.path());
            if (held.contains(category.id()) || broken) {
                checks.add(new Check(category.path(), category(category)));
            }
            if (!category.identifies() && held.contains(category.id())) {
                checks.add(new Check(category.path() + ".identifies", identifies(category)));
            }
        }
        return checks;
    }

    private void put(String path, Finding finding) {
        findings.computeIfAbsent(path, key -> new ArrayList<>()).add(finding);
    }

    private void undeclared(Problem problem) {
        String prefix = "stores." + store.store().name() + ".";
        Optional<TableName> table = store.catalogue().tables().keySet().stream()
                .filter(name ->
                        problem.path().equals(prefix + name) || problem.path().startsWith(prefix + name + "."))
                .findFirst();
        put(
                "collects",
                new Finding(
                        Finding.Kind.UNDECLARED,
                        table.map(name -> Spot.of(store.store().name(), name))
                                .orElse(Spot.of(store.store().name())),
                        1,
                        "data that the notice does not name may be held: " + problem.message(),
                        problem.attempt()));
    }

    private void inheriting(LeftOut leftOut) {
        put(
                "collects",
                new Finding(
                        Finding.Kind.UNDECLARED,
                        Spot.of(store.store().name(), leftOut.name()),
                        1,
                        "data that the notice does not name may be held: `" + leftOut.name()
                                + "` inherits from another table, and what it holds no map says",
                        "make it a partition, or a table of its own (`NO INHERIT`), and map it"));
    }

    /** What holds copies of rows where Kept does not read them. */
    private Optional<Unclear> copies(LeftOut leftOut) {
        return switch (leftOut.kind()) {
            case INHERITING_TABLE -> Optional.empty();
            case MATERIALIZED_VIEW ->
                Optional.of(
                        copies(leftOut, "a plain view in its place, or none: it holds copies until it is refreshed"));
            case FOREIGN_TABLE -> Optional.of(copies(leftOut, "a map of the database it comes from"));
        };
    }

    private Unclear copies(LeftOut leftOut, String remedy) {
        return new Unclear(
                Reason.HELD_ELSEWHERE,
                Optional.of(Spot.of(store.store().name(), leftOut.name())),
                0,
                "`" + leftOut.name() + "` is a " + leftOut.kind().word() + ", whose rows Kept does not read",
                remedy);
    }

    private Verdict chapter() {
        List<Unclear> unclear = new ArrayList<>(look.notSampled().values());
        look.leftOut().forEach(leftOut -> copies(leftOut).ifPresent(unclear::add));
        long values = look.sampled().stream().mapToLong(SampledColumn::values).sum();
        return verdict(
                "collects",
                unclear,
                values,
                String.format(
                        Locale.ROOT,
                        "the live schema has nothing that the map does not know; of %,d sampled values in %,d columns none looks like what the map denies",
                        values,
                        look.sampled().size()));
    }

    private Verdict category(Category category) {
        long columns = store.store().tables().values().stream()
                .flatMap(table -> table.columns().values().stream())
                .filter(column -> column.categories().contains(category.id()))
                .count();
        List<Unclear> unclear = Denials.told(category).isEmpty()
                ? List.of()
                : List.copyOf(look.notSampled().values());
        return verdict(
                category.path(),
                unclear,
                0,
                "`" + category.id() + "` is held in " + columns + (columns == 1 ? " column" : " columns")
                        + " of the live schema, where the map says"
                        + (Denials.told(category).isEmpty() ? "" : ", and in no sampled value elsewhere"));
    }

    private Verdict identifies(Category category) {
        Map<TableName, List<String>> holding = new LinkedHashMap<>();
        store.store()
                .tables()
                .values()
                .forEach(table -> table.columns().values().stream()
                        .filter(column -> column.categories().contains(category.id()))
                        .forEach(column -> holding.computeIfAbsent(table.name(), name -> new ArrayList<>())
                                .add(column.id())));
        List<Unclear> unclear = look.notSampled().entrySet().stream()
                .filter(table -> holding.containsKey(table.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        long values = look.sampled().stream()
                .filter(column ->
                        holding.getOrDefault(column.table(), List.of()).contains(column.column()))
                .mapToLong(SampledColumn::values)
                .sum();
        return verdict(
                category.path() + ".identifies",
                unclear,
                values,
                String.format(
                        Locale.ROOT, "of %,d sampled values of `%s` none says who somebody is", values, category.id()));
    }

    private Verdict verdict(String path, List<Unclear> unclear, long rows, String kept) {
        List<Finding> broken = findings.getOrDefault(path, List.of());
        if (!broken.isEmpty()) {
            return new Verdict.Broken(broken, unclear);
        }
        return unclear.isEmpty()
                ? Verdict.kept(new Seen(store.store().name(), rows, kept))
                : new Verdict.NotShown(unclear);
    }
}
