package dev.kept.core.mutation;

import static dev.kept.core.mutation.Mutation.writing;

import dev.kept.core.lifecycle.AsOf;
import dev.kept.core.lifecycle.Condition;
import dev.kept.core.lifecycle.Cutoff;
import dev.kept.core.lifecycle.Moment;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Mistakes in the conditions that the planner writes down, and in the moments they read. */
final class ConditionMutations {

    private ConditionMutations() {}

    static List<Mutation> all() {
        return Stream.of(conditions(), links(), dates()).flatMap(List::stream).toList();
    }

    private static Mutation condition(String name, UnaryOperator<Condition> change) {
        return writing(name, Rewriting.conditions(change));
    }

    /** That what is unknown is not known is not among them: a sweep leaves the same, only its count of the unknown differs. */
    private static List<Mutation> conditions() {
        return List.of(
                condition("AND is OR", c -> c instanceof Condition.All all ? Condition.any(all.of()) : c),
                condition("OR is AND", c -> c instanceof Condition.Any any ? Condition.all(any.of()) : c),
                condition(
                        "the first of several conditions is forgotten",
                        c -> c instanceof Condition.All all
                                ? Condition.all(all.of().subList(1, all.of().size()))
                                : c),
                condition(
                        "the last of several conditions is forgotten",
                        c -> c instanceof Condition.All all
                                ? Condition.all(all.of().subList(0, all.of().size() - 1))
                                : c),
                condition(
                        "the last of several ends is forgotten",
                        c -> c instanceof Condition.Any any
                                ? Condition.any(any.of().subList(0, any.of().size() - 1))
                                : c),
                condition(
                        "an unknown date counts as ended",
                        c -> c instanceof Condition.Past past
                                ? Condition.any(past, new Condition.Absent(past.chain()))
                                : c),
                condition(
                        "an unknown state counts as none of the values",
                        c -> c instanceof Condition.ValueIn value ? new Condition.Known(value) : c),
                condition(
                        "what is not known to hold is unknown",
                        c -> c instanceof Condition.Known known ? known.of() : c),
                condition("UNKNOWN is TRUE", c -> c.equals(Condition.UNKNOWN) ? Condition.TRUE : c),
                condition("what never began has not ended", c -> c instanceof Condition.Absent ? Condition.FALSE : c),
                condition(
                        "given and withdrawn are taken for each other",
                        c -> c instanceof Condition.Ordered ordered
                                ? new Condition.Ordered(ordered.later(), ordered.earlier())
                                : c),
                condition(
                        "a state is none of its values",
                        c -> c instanceof Condition.ValueIn value ? new Condition.Not(value) : c),
                condition("nobody is meant", c -> c instanceof Condition.KeyIn ? Condition.FALSE : c),
                condition("an owner is never absent", c -> c instanceof Condition.AnyNull ? Condition.FALSE : c),
                condition("an owner is always absent", c -> c instanceof Condition.AnyNull ? Condition.TRUE : c));
    }

    private static List<Mutation> links() {
        return List.of(
                condition(
                        "what refers to a row does not keep it",
                        c -> c instanceof Condition.Referred ? Condition.FALSE : c),
                condition(
                        "what goes along keeps a row, too",
                        c -> c instanceof Condition.Referred referred
                                ? new Condition.Referred(referred.link(), Condition.FALSE)
                                : c),
                condition(
                        "of several rows that point here one is enough",
                        c -> c instanceof Condition.Every every ? new Condition.Some(every.link(), every.of()) : c),
                condition(
                        "all rows that point here must agree",
                        c -> c instanceof Condition.Some some ? new Condition.Every(some.link(), some.of()) : c),
                condition(
                        "a branch does not die with its stem", c -> c instanceof Condition.Above ? Condition.FALSE : c),
                condition(
                        "what stands beyond a link is unknown",
                        c -> c instanceof Condition.Through ? Condition.UNKNOWN : c),
                condition("a link leads nowhere", c -> c instanceof Condition.Leads ? Condition.FALSE : c),
                condition("two ways never meet", c -> c instanceof Condition.Meets ? Condition.FALSE : c),
                condition("two ways always meet", c -> c instanceof Condition.Meets ? Condition.TRUE : c));
    }

    private static List<Mutation> dates() {
        return List.of(
                cutoff("a period is a day shorter", Duration.ofDays(1)),
                cutoff("a period is a day longer", Duration.ofDays(-1)),
                cutoff("a period is a microsecond shorter", Duration.ofNanos(1000)),
                cutoff("a period is a microsecond longer", Duration.ofNanos(-1000)),
                writing(
                        "periods are counted back from today",
                        plan -> Rewriting.conditions(
                                        c -> c instanceof Condition.Past past ? back(past, plan.asOf()) : c)
                                .apply(plan)),
                condition(
                        "only the first event of a chain counts",
                        c -> c instanceof Condition.Past past
                                ? new Condition.Past(past.chain().subList(0, 1), past.cutoff())
                                : c),
                condition(
                        "the last event of a chain counts",
                        c -> c instanceof Condition.Past past
                                ? new Condition.Past(past.chain().reversed(), past.cutoff())
                                : c),
                condition("no row is a clock", c -> c instanceof Condition.Surpassed ? Condition.TRUE : c),
                condition("every dating row is a clock", c -> c instanceof Condition.Surpassed ? Condition.FALSE : c),
                condition(
                        "the earliest row is the clock of the latest",
                        c -> c instanceof Condition.Surpassed surpassed
                                ? new Condition.Surpassed(surpassed.path(), surpassed.moment(), !surpassed.earliest())
                                : c),
                moment(
                        "the earliest of several counts, not the latest",
                        m -> m instanceof Moment.Among among
                                ? new Moment.Among(among.link(), among.of(), !among.earliest())
                                : m),
                moment(
                        "of several sources the first counts",
                        m -> m instanceof Moment.Extreme extreme ? extreme.of().getFirst() : m),
                moment(
                        "a sentinel is a date",
                        m -> m instanceof Moment.At at
                                ? new Moment.At(at.column(), at.kind(), at.zone(), List.of())
                                : m),
                moment(
                        "a time without zone is read half a world away",
                        m -> m instanceof Moment.At at
                                ? new Moment.At(at.column(), at.kind(), ZoneId.of("Pacific/Auckland"), at.sentinels())
                                : m));
    }

    private static Mutation cutoff(String name, Duration later) {
        return condition(name, c -> c instanceof Condition.Past past ? past(past, later) : c);
    }

    private static Condition past(Condition.Past past, Duration later) {
        Cutoff cutoff = past.cutoff();
        return new Condition.Past(
                past.chain(),
                new Cutoff(
                        cutoff.span(),
                        cutoff.endOfYear(),
                        cutoff.window(),
                        cutoff.instant().plus(later),
                        cutoff.date().plusDays(later.toDays())));
    }

    /** As if a month had the same length in both directions. */
    private static Condition back(Condition.Past past, AsOf asOf) {
        Cutoff cutoff = past.cutoff();
        ZonedDateTime then =
                asOf.instant().atZone(asOf.zone()).minus(cutoff.span().period());
        return cutoff.endOfYear()
                ? past
                : new Condition.Past(
                        past.chain(),
                        new Cutoff(cutoff.span(), false, cutoff.window(), then.toInstant(), then.toLocalDate()));
    }

    private static Mutation moment(String name, UnaryOperator<Moment> change) {
        return writing(name, Rewriting.moments(change));
    }
}
