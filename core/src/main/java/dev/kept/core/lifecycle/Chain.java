package dev.kept.core.lifecycle;

import static dev.kept.core.lifecycle.Condition.all;
import static dev.kept.core.lifecycle.Condition.any;
import static dev.kept.core.lifecycle.Condition.not;

import dev.kept.core.datamap.Link;
import dev.kept.core.lifecycle.EventSources.Found;
import java.util.ArrayList;
import java.util.List;

/**
 * The chain of a clause as conditions: the first event that is not absent counts.
 *
 * <p>Across a foreign key a moment is read directly, since its row is there. A declared link may lead to several rows, and then all of them
 * must have ended; or to none, and then nothing is known: what lies beyond it is asked of each row there.
 *
 * @param happened it happened long enough ago; not, where it is absent
 * @param happenedOrNever the same, or it is absent
 * @param lasting whether it is never absent
 */
record Chain(Condition happened, Condition happenedOrNever, boolean lasting) {

    /** A moment and the links still to be crossed to it. */
    private record Step(Moment moment, List<Link> path, boolean always) {}

    static Chain of(List<Found> found, Cutoff cutoff) {
        return steps(
                found.stream()
                        .map(f -> new Step(
                                f.source().moment(),
                                f.level().path(),
                                f.source().always()
                                        && f.source()
                                                .moment()
                                                .leaf()
                                                .sentinels()
                                                .isEmpty()))
                        .toList(),
                cutoff);
    }

    Condition happenedOrUnknown() {
        return lasting || happened.equals(happenedOrNever)
                ? happened
                : happened instanceof Condition.All(List<Condition> of)
                                && of.size() == 2
                                && of.getFirst() instanceof Condition.Not(Condition.Absent absent)
                                && of.getLast() instanceof Condition.Past past
                                && past.chain().equals(absent.chain())
                        ? past
                        : any(happened, all(happenedOrNever, Condition.UNKNOWN));
    }

    private static Chain steps(List<Step> steps, Cutoff cutoff) {
        if (steps.isEmpty()) {
            return new Chain(Condition.FALSE, Condition.TRUE, false);
        }
        int first = declared(steps.getFirst());
        List<Link> prefix = first < 0 ? List.of() : steps.getFirst().path().subList(0, first + 1);
        int end = 0;
        while (end < steps.size() && alike(steps.get(end), prefix)) {
            end++;
        }
        List<Step> group = steps.subList(0, end);
        Chain head = prefix.isEmpty() ? direct(group, cutoff) : across(prefix, group, cutoff);
        if (head.lasting() || end == steps.size()) {
            return head;
        }
        Chain tail = steps(steps.subList(end, steps.size()), cutoff);
        return new Chain(
                any(head.happened(), all(head.happenedOrNever(), tail.happened())),
                any(head.happened(), all(head.happenedOrNever(), tail.happenedOrNever())),
                tail.lasting());
    }

    private static boolean alike(Step step, List<Link> prefix) {
        return prefix.isEmpty()
                ? declared(step) < 0
                : step.path().size() >= prefix.size()
                        && step.path().subList(0, prefix.size()).equals(prefix);
    }

    private static int declared(Step step) {
        for (int i = 0; i < step.path().size(); i++) {
            if (!step.path().get(i).foreignKey()) {
                return i;
            }
        }
        return -1;
    }

    private static Chain direct(List<Step> group, Cutoff cutoff) {
        List<Moment> moments = new ArrayList<>();
        for (Step step : group) {
            Moment seen = step.moment();
            for (Link link : step.path().reversed()) {
                seen = new Moment.Through(link, seen);
            }
            moments.add(seen);
        }
        Condition past = new Condition.Past(moments, cutoff);
        Condition absent = new Condition.Absent(moments);
        boolean lasting =
                group.stream().anyMatch(step -> step.always() && step.path().isEmpty());
        return lasting ? new Chain(past, past, true) : new Chain(all(not(absent), past), any(absent, past), false);
    }

    private static Chain across(List<Link> prefix, List<Step> group, Cutoff cutoff) {
        Chain there = steps(
                group.stream()
                        .map(step -> new Step(
                                step.moment(),
                                step.path().subList(prefix.size(), step.path().size()),
                                step.always()))
                        .toList(),
                cutoff);
        return new Chain(
                Level.through(prefix, there.happened()), Level.through(prefix, there.happenedOrNever()), false);
    }
}
