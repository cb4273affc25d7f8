package dev.kept.core.cases;

import dev.kept.core.cases.Case.Expected;
import dev.kept.core.cases.Case.Forgotten;
import dev.kept.core.cases.Case.May;
import dev.kept.core.cases.Case.PersonKey;
import dev.kept.core.cases.Case.Stay;
import dev.kept.core.cases.Case.When;
import dev.kept.core.cases.Stays.Left;
import dev.kept.core.datamap.BoundStore;
import dev.kept.core.datamap.BoundStore.BoundColumn;
import dev.kept.core.datamap.BoundStore.BoundTable;
import dev.kept.core.datamap.Column;
import dev.kept.core.datamap.TableName;
import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Facts;
import dev.kept.core.lifecycle.Plan;
import dev.kept.core.lifecycle.Scope;
import dev.kept.core.memory.MemoryExecutor;
import dev.kept.core.memory.MemoryRow;
import dev.kept.core.memory.MemoryStore;
import dev.kept.core.source.Spelling;
import dev.kept.core.value.ValueType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One case being run. */
final class CaseRun {

    private static final String EXPECT = "expect";

    private final Case asked;
    private final BoundStore bound;
    private final Findings findings;
    private final Plans plans;
    private final Setting setting;
    private final AsOf now;

    /** Where plans come from. */
    interface Plans {
        Plan of(BoundStore bound, AsOf asOf, Facts facts, Scope scope, Set<TableName> given);
    }

    CaseRun(Case asked, BoundStore bound, Findings findings, Plans plans) {
        this.asked = asked;
        this.bound = bound;
        this.findings = findings;
        this.plans = plans;
        this.setting = new Setting(asked, bound, findings);
        this.now = setting.asOf();
    }

    void run() {
        Facts facts = setting.facts();
        if (!findings.isEmpty()) {
            return;
        }
        Expected expected = asked.expected();
        if (expected.rows().isPresent() || expected.stays().isPresent()) {
            outcome(expected, facts);
        }
        for (int i = 0; i < expected.may().size(); i++) {
            may(i, expected.may().get(i), facts);
        }
        if (!expected.forgotten().isEmpty()) {
            forgotten(expected.forgotten(), facts);
        }
    }

    private Optional<Plan> plan(Facts facts, Scope scope, Object... place) {
        Plan plan = plans.of(bound, now, facts, scope, asked.given().byTable().keySet());
        plan.refusals()
                .forEach(refusal ->
                        findings.unusable("the plan must not run: " + refusal.message(), refusal.attempt(), place));
        return Optional.of(plan).filter(made -> made.refusals().isEmpty());
    }

    // ---------------------------------------------------------------------------------------------- what is left

    private void outcome(Expected expected, Facts facts) {
        Optional<Scope> scope = expected.erasureOf().isPresent()
                ? setting.only(expected.erasureOf().get(), EXPECT, "after-erasure-of")
                : Optional.of(new Scope.Everybody());
        Optional<Plan> plan = scope.flatMap(who -> plan(facts, who, EXPECT));
        if (plan.isEmpty()) {
            return;
        }
        MemoryStore after = setting.rows().copy();
        try {
            new MemoryExecutor().carryOut(plan.get(), after, now);
        } catch (IllegalStateException e) {
            findings.differs("the run", "that it ends", "it fails: " + e.getMessage(), EXPECT);
            return;
        }
        String where = expected.erasureOf().isPresent() ? "rows" : "after-sweep";
        expected.rows().ifPresent(rows -> new RowComparison(setting, findings, after, where).compare(rows));
        expected.stays()
                .ifPresent(stays -> expected.erasureOf()
                        .ifPresent(person -> setting.key(person, EXPECT)
                                .ifPresent(key -> stays(
                                        stays,
                                        new Stays(
                                                bound,
                                                plan.get(),
                                                setting.rows(),
                                                after,
                                                new OwnedRows(bound, setting.rows(), person, key),
                                                now)))));
    }

    private void stays(List<Stay> expected, Stays stays) {
        if (expected.isEmpty()) {
            stays.all().forEach(left -> findings.differs("what stays", "nothing", left.toString(), EXPECT, "stays"));
        }
        for (int i = 0; i < expected.size(); i++) {
            Stay stay = expected.get(i);
            Object[] place = {EXPECT, "stays", i};
            known(stay.table(), place)
                    .flatMap(table -> left(stay, table, stays, place))
                    .ifPresent(left -> {
                        if (left.stream().noneMatch(one -> matches(stay, one))) {
                            findings.differs(
                                    "what stays",
                                    shown(stay),
                                    left.isEmpty()
                                            ? "nothing of it"
                                            : left.stream().map(Left::toString).collect(Collectors.joining(" and ")),
                                    place);
                        }
                    });
        }
    }

    private Optional<BoundTable> known(TableName name, Object... place) {
        Optional<BoundTable> table = Optional.ofNullable(bound.tables().get(name));
        if (table.isEmpty()) {
            findings.unusable(
                    "the map has no table `" + name + "` of personal data",
                    Spelling.suggest(
                            name.toString(),
                            bound.tables().keySet().stream()
                                    .map(Object::toString)
                                    .toList()),
                    place);
        }
        return table;
    }

    private Optional<List<Left>> left(Stay stay, BoundTable table, Stays stays, Object... place) {
        if (stay.column().isEmpty()) {
            return Optional.of(stays.of(stay.table()));
        }
        BoundColumn column = table.columns().get(stay.column().get());
        if (column == null) {
            findings.unusable(
                    "the map has no column `" + stay.column().get() + "` of `" + stay.table() + "`",
                    Spelling.suggest(stay.column().get(), table.columns().keySet()),
                    place);
            return Optional.empty();
        }
        return Optional.of(stays.of(stay.table(), column));
    }

    private static boolean matches(Stay stay, Left left) {
        return (stay.use().isEmpty() || stay.use().equals(left.use()))
                && stay.ground().filter(ground -> ground != left.ground()).isEmpty()
                && (stay.until().isEmpty() || stay.until().equals(left.until()));
    }

    private static String shown(Stay stay) {
        return "`" + stay.table() + stay.column().map(column -> "." + column).orElse("") + "`"
                + stay.use().map(use -> " for `" + use + "`").orElse("")
                + stay.ground()
                        .map(ground -> " on ground `" + ground.word() + "`")
                        .orElse("")
                + stay.until().map(until -> " until " + until).orElse("");
    }

    // ------------------------------------------------------------------------------------------------- questions

    private void may(int index, May may, Facts facts) {
        Object[] place = {EXPECT, "may", index};
        boolean category = bound.notice().collects().containsKey(may.data());
        if (!category) {
            findings.unusable(
                    "the notice collects no `" + may.data() + "`",
                    Spelling.suggest(may.data(), bound.notice().collects().keySet()),
                    Setting.longer(place, "data"));
        }
        PersonKey person = may.person();
        setting.knownUse(may.use(), Setting.longer(place, "use"))
                .filter(use -> category)
                .ifPresent(use -> setting.key(person, place)
                        .ifPresent(key -> plan(facts, new Scope.Everybody(), place)
                                .ifPresent(plan -> {
                                    MayAnswers.Reasoned found = new MayAnswers(bound, setting.rows(), asked)
                                            .answer(may, use, key, plan, now);
                                    if (found.answer() != may.answer()) {
                                        findings.differs(
                                                "may `" + may.use() + "` use `" + may.data() + "` of `" + person.kind()
                                                        + ": " + String.join(", ", person.key()) + "`",
                                                word(may.answer()),
                                                word(found.answer()) + ", since " + found.reason(),
                                                place);
                                    }
                                })));
    }

    private static String word(Case.Answer answer) {
        return answer.name().toLowerCase(Locale.ROOT);
    }

    private void forgotten(List<Forgotten> expected, Facts facts) {
        Optional<Plan> plan = plan(facts, new Scope.Everybody(), EXPECT, "forgotten");
        if (plan.isEmpty()) {
            return;
        }
        ForgottenDates dates = new ForgottenDates(plan.get(), setting.rows(), now);
        for (int i = 0; i < expected.size(); i++) {
            Forgotten forgotten = expected.get(i);
            Object[] place = {EXPECT, "forgotten", i};
            row(forgotten, place).ifPresent(row -> {
                Optional<Column> column =
                        forgotten.column().map(id -> ForgottenDates.column(bound, forgotten.table(), id));
                if (usable(forgotten, row, column, place)) {
                    compare(forgotten, dates, row, column, place);
                }
            });
        }
    }

    private void compare(
            Forgotten forgotten, ForgottenDates dates, MemoryRow row, Optional<Column> column, Object... place) {
        try {
            When found = dates.of(row, column);
            if (!found.equals(forgotten.on())) {
                findings.differs(
                        "when `" + forgotten.table()
                                + forgotten.column().map(id -> "." + id).orElse("") + "` of the row "
                                + RowComparison.shownRow(
                                        forgotten.row(), forgotten.row().keySet())
                                + " is forgotten",
                        worded(forgotten.on()),
                        worded(found),
                        Setting.longer(place, "on"));
            }
        } catch (IllegalStateException e) {
            findings.differs("a later sweep", "that it ends", "it fails: " + e.getMessage(), place);
        }
    }

    private static String worded(When when) {
        return switch (when) {
            case When.On on -> "on " + on;
            case When.Never never -> "never";
            case When.Unknown unknown -> "`unknown`: what would decide is not known";
        };
    }

    private Optional<MemoryRow> row(Forgotten forgotten, Object... place) {
        if (!setting.knownTable(forgotten.table(), place)) {
            return Optional.empty();
        }
        Optional<Map<String, @Nullable Object>> wanted =
                setting.typed(forgotten.table(), forgotten.row(), Setting.longer(place, "row"));
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        List<MemoryRow> found = setting.rows().rows(forgotten.table()).stream()
                .filter(row -> wanted.get().keySet().stream()
                        .allMatch(column ->
                                ValueType.same(row.value(column), wanted.get().get(column))))
                .toList();
        if (found.size() != 1) {
            findings.unusable(
                    found.size() + " given rows of `" + forgotten.table() + "` are meant by `row`",
                    "name the columns that tell which one it is",
                    Setting.longer(place, "row"));
        }
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private boolean usable(Forgotten forgotten, MemoryRow row, Optional<Column> column, Object... place) {
        if (known(forgotten.table(), place).isEmpty()) {
            return false;
        }
        if (column.isEmpty()) {
            return true;
        }
        if (!row.values().containsKey(column.get().name())) {
            findings.unusable(
                    "`" + forgotten.table() + "` has no column `" + column.get().name() + "`",
                    Spelling.suggest(column.get().name(), row.values().keySet()),
                    Setting.longer(place, "column"));
            return false;
        }
        if (!ForgottenDates.holds(row, column.get())) {
            findings.unusable(
                    "the row holds nothing in `" + column.get().id() + "` that could be forgotten",
                    "give it a value",
                    Setting.longer(place, "column"));
            return false;
        }
        return true;
    }
}
