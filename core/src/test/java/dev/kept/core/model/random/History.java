package dev.kept.core.model.random;

import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Facts.What;
import dev.kept.core.model.Database;
import dev.kept.core.model.Model;
import dev.kept.core.model.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Months of life from a seed: people log in, order, opt in and out, close accounts, ask for erasure; sweeps come between.
 *
 * <p>{@link #next} goes on to the next sweep; the caller carries it out and hands back what is left.
 */
public final class History {

    private static final Instant BEGIN = Instant.parse("2026-03-10T12:00:00Z");

    private final Scenario scenario;
    private final List<TableDraft> tables;
    private final Dice dice;
    private final RowMaker rows;
    private final int sweeps;
    private final List<Facts.PersonFact> persons = new ArrayList<>();
    private final List<Facts.Hold> holds = new ArrayList<>();
    private Instant now = BEGIN;
    private int done;

    private History(Scenario.Drafted drafted, Dice dice) {
        this.scenario = drafted.scenario();
        this.tables = drafted.tables();
        this.dice = dice;
        this.rows = new RowMaker(dice, tables, scenario);
        this.sweeps = dice.between(2, 6);
        rows.fill(now);
    }

    public static History of(long seed) {
        return new History(Scenario.of(seed), new Dice(~seed));
    }

    public Scenario scenario() {
        return scenario;
    }

    /** One sweep: what it depends on, and the persons it is limited to (none: everybody). */
    public record Sweep(Model.Question question, List<Model.Persons> persons) {}

    /** Lives on to the next sweep; empty at the end. */
    public Optional<Sweep> next() {
        if (done++ == sweeps) {
            return Optional.empty();
        }
        now = now.plus(Duration.ofDays(dice.between(1, 150)));
        int happenings = dice.between(0, 5);
        for (int i = 0; i < happenings; i++) {
            happen();
        }
        boolean limited = dice.chance(35);
        return Optional.of(new Sweep(question(), limited ? someone() : List.of()));
    }

    /** What is left after the sweep: life goes on with it. */
    public void goOn(Database left) {
        rows.replace(left);
    }

    /** The last sweep of all: nothing is held, nobody restricted, and every period is over. */
    public Sweep last() {
        now = now.plus(Duration.ofDays(365L * 60));
        persons.clear();
        holds.clear();
        return new Sweep(question(), List.of());
    }

    private Model.Question question() {
        return new Model.Question(
                scenario.notice(),
                scenario.store(),
                scenario.catalogue(),
                rows.database(),
                new AsOf(now, scenario.notice().controller().zone()),
                new Facts(persons, holds));
    }

    private void happen() {
        int what = dice.between(0, 9);
        if (what < 3) {
            rows.insert(dice.pick(tables), now);
        } else if (what < 7) {
            rows.change(dice.pick(tables), now);
        } else if (what < 9) {
            fact();
        } else {
            hold();
        }
    }

    private void fact() {
        List<Model.Persons> someone = someone();
        if (someone.isEmpty()) {
            return;
        }
        Model.Persons who = someone.getFirst();
        List<String> uses = List.copyOf(scenario.notice().uses().keySet());
        What what = switch (dice.between(0, 6)) {
            case 0 -> new What.Restricted();
            case 1 -> new What.Ended(dice.pick(uses));
            case 2 -> new What.Given(dice.pick(uses));
            case 3 -> new What.Objected(dice.pick(uses));
            default -> new What.Erased();
        };
        if (what instanceof What.Restricted
                && persons.removeIf(fact -> fact.what().equals(what))) {
            return;
        }
        persons.add(new Facts.PersonFact(what, who.kind(), who.keys()));
    }

    /** Holds name rows by their keys, so only rows whose keys are not personal are held here. */
    private void hold() {
        if (!holds.isEmpty() && dice.chance(60)) {
            holds.clear();
            return;
        }
        TableDraft table = dice.pick(tables);
        boolean stable =
                table.key.stream().noneMatch(column -> table.type(column).equals("text"));
        if (table.personal
                && stable
                && !table.key.isEmpty()
                && !rows.rows(table).isEmpty()) {
            holds.add(new Facts.Hold(table.name, List.of(key(table, dice.pick(rows.rows(table))))));
        }
    }

    private List<Model.Persons> someone() {
        List<TableDraft> kinds = tables.stream()
                .filter(table -> table.kind.isPresent() && !rows.rows(table).isEmpty())
                .toList();
        if (kinds.isEmpty()) {
            return List.of();
        }
        TableDraft table = dice.pick(kinds);
        List<List<String>> keys = new ArrayList<>();
        keys.add(key(table, dice.pick(rows.rows(table))));
        return List.of(new Model.Persons(table.kind.orElseThrow(), keys));
    }

    private static List<String> key(TableDraft table, Map<String, @Nullable Object> row) {
        return table.key.stream()
                .map(column -> Values.print(Objects.requireNonNull(row.get(column))))
                .toList();
    }

    /** The tables without personal data. */
    List<TableName> nobodys() {
        return tables.stream()
                .filter(table -> !table.personal)
                .map(table -> table.name)
                .toList();
    }
}
