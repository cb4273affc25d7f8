package dev.kept.server.inform;

import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.RecipientSettings;
import dev.kept.server.configuration.RecipientSettings.Way.ByHook;
import dev.kept.server.configuration.SubscriptionSettings;
import dev.kept.server.configuration.SubscriptionSettings.Subscription;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.State;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The work of posting messages: a round now and then, by any number of processes at once. */
final class Hooking {

    /** What one round posts at most; the next follows soon. */
    static final int MOST_A_ROUND = 100;

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

    /** Posts what is due; answers how many were taken. Who does not take one gets no further one in this round: it holds nobody else up. */
    int post() {
        int taken = 0;
        Set<Hooks.Destination> silent = new HashSet<>();
        for (int i = 0; i < MOST_A_ROUND; i++) {
            Optional<Hooks.Taken> next = hooks.take(silent);
            if (next.isEmpty()) {
                break;
            }
            if (post(next.get())) {
                taken++;
            } else {
                silent.add(next.get().to());
            }
        }
        return taken;
    }

    private boolean post(Hooks.Taken hook) {
        if (hook.body().isEmpty()) {
            hooks.giveUp(hook, "key-gone");
            return false;
        }
        if (hook.tries() > Hooks.MOST_TRIES) { // whoever tried it ended each time
            hooks.giveUp(hook, "too-often");
            return false;
        }
        Optional<ByHook> known = address(hook.to());
        if (known.isEmpty()) {
            hooks.later(hook, "no-address");
            return false;
        }
        ByHook to = known.get();
        Optional<List<byte[]>> keys = keys(to);
        if (keys.isEmpty()) {
            hooks.later(hook, "no-secret");
            return false;
        }
        HookClient.Answer answer = client.post(
                to, keys.get(), hook.id(), clock.instant(), hook.body().get());
        if (answer.taken()) {
            hooks.taken(hook, answer.outcome());
        } else {
            hooks.later(hook, answer.outcome());
        }
        return answer.taken();
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
