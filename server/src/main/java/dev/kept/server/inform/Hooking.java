package dev.kept.server.inform;

import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.RecipientSettings;
import dev.kept.server.configuration.RecipientSettings.Way.ByHook;
import dev.kept.server.configuration.SubscriptionSettings;
import dev.kept.server.configuration.SubscriptionSettings.Subscription;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The work of posting messages: a round now and then, by any number of processes at once. */
final class Hooking {

    /** What one destination gets at most in one round; the next follows soon. */
    static final int MOST_A_ROUND = 20;

    /** No further message in a round to a destination whose tries took so long in it; one that has begun ends within {@link HookClient#LONGEST}. */
    static final Duration LONGEST_A_ROUND = Duration.ofSeconds(5);

    private final Hooks hooks;
    private final RecipientSettings recipients;
    private final SubscriptionSettings subscriptions;
    private final Environment environment;
    private final HookClient client;
    private final InstantSource clock;

    Hooking(
            State state,
            RecipientSettings recipients,
            SubscriptionSettings subscriptions,
            Environment environment,
            HookClient client) {
        this.hooks = new Hooks(state);
        this.recipients = recipients;
        this.subscriptions = subscriptions;
        this.environment = environment;
        this.client = client;
        this.clock = state.clock();
    }

    /** What a destination has had of a round. */
    private record Had(int messages, Duration time) {

        static final Had NOTHING = new Had(0, Duration.ZERO);

        Had and(Duration took) {
            return new Had(messages + 1, time.plus(took));
        }

        boolean enough() {
            return messages >= MOST_A_ROUND || time.compareTo(LONGEST_A_ROUND) >= 0;
        }
    }

    /**
     * Posts what is due, recipients' first; answers how many were taken. Who does not take one, or takes long, or has had many gets no further one in this
     * round: a round is as long as there are destinations, whatever they do.
     *
     * @throws CannotRun after the round, where messages to the company's own endpoints were given up; of a recipient's message becomes a task
     */
    int post() {
        int taken = 0;
        Map<Hooks.Destination, Had> had = new HashMap<>();
        Set<Hooks.Destination> passed = new HashSet<>();
        SortedMap<String, Long> lost = new TreeMap<>();
        for (Optional<Hooks.Taken> next = hooks.take(passed); next.isPresent(); next = hooks.take(passed)) {
            Hooks.Destination to = next.get().to();
            Instant begun = clock.instant();
            Outcome outcome = post(next.get());
            boolean answered = outcome == Outcome.TAKEN;
            if (outcome == Outcome.GIVEN_UP && to.subscription()) {
                lost.merge(to.name(), 1L, Long::sum);
            }
            Had now = had.getOrDefault(to, Had.NOTHING).and(Duration.between(begun, clock.instant()));
            had.put(to, now);
            if (answered) {
                taken++;
            }
            if (!answered || now.enough()) {
                passed.add(to);
            }
        }
        if (!lost.isEmpty()) {
            List<String> each = new ArrayList<>();
            lost.forEach((name, messages) -> each.add(Feeding.lost(name, messages)));
            throw Feeding.missed(each);
        }
        return taken;
    }

    /** What came of a message in this round. */
    private enum Outcome {
        TAKEN,
        TRIED_AGAIN,
        GIVEN_UP
    }

    private Outcome post(Hooks.Taken hook) {
        if (hook.body().isEmpty()) {
            hooks.giveUp(hook, "key-gone");
            return Outcome.GIVEN_UP;
        }
        if (hook.tries() > Hooks.MOST_TRIES) { // whoever tried it ended each time
            hooks.giveUp(hook, "too-often");
            return Outcome.GIVEN_UP;
        }
        Optional<ByHook> known = address(hook.to());
        if (known.isEmpty()) {
            return later(hook, "no-address");
        }
        ByHook to = known.get();
        Optional<List<byte[]>> keys = keys(to);
        if (keys.isEmpty()) {
            return later(hook, "no-secret");
        }
        HookClient.Answer answer = client.post(
                to, keys.get(), hook.id(), clock.instant(), hook.body().get());
        if (!answer.taken()) {
            return later(hook, answer.outcome());
        }
        hooks.taken(hook, answer.outcome());
        return Outcome.TAKEN;
    }

    private Outcome later(Hooks.Taken hook, String why) {
        return hooks.later(hook, why) ? Outcome.GIVEN_UP : Outcome.TRIED_AGAIN;
    }

    private Optional<ByHook> address(Hooks.Destination to) {
        if (to.subscription()) {
            return Optional.ofNullable(subscriptions.subscriptions().get(to.name()))
                    .map(Subscription::to);
        }
        return recipients.ways().get(to.name()) instanceof ByHook hook ? Optional.of(hook) : Optional.empty();
    }

    /** Nothing where a name is not set, or what it stands for is no secret. */
    private Optional<List<byte[]>> keys(ByHook to) {
        try {
            return Optional.of(to.secrets().stream()
                    .map(environment::resolve)
                    .map(Signature::key)
                    .toList());
        } catch (CannotRun | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
