package dev.kept.server.inform;

import dev.kept.server.configuration.Environment;
import dev.kept.server.configuration.RecipientSettings;
import dev.kept.server.configuration.RecipientSettings.Way.ByHook;
import dev.kept.server.failure.CannotRun;
import dev.kept.server.state.State;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The work of posting messages: a round now and then, by any number of processes at once. */
final class Hooking {

    /** What one round posts at most; the next follows soon. */
    static final int MOST_A_ROUND = 100;

    private final Hooks hooks;
    private final RecipientSettings settings;
    private final Environment environment;
    private final HookClient client;
    private final InstantSource clock;

    Hooking(State state, RecipientSettings settings, Environment environment, HookClient client) {
        this.hooks = new Hooks(state);
        this.settings = settings;
        this.environment = environment;
        this.client = client;
        this.clock = state.clock();
    }

    /** Posts what is due; answers how many were taken. */
    int post() {
        int taken = 0;
        for (int i = 0; i < MOST_A_ROUND; i++) {
            Optional<Hooks.Taken> next = hooks.take();
            if (next.isEmpty()) {
                break;
            }
            taken += post(next.get()) ? 1 : 0;
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
        if (!(settings.ways().get(hook.recipient()) instanceof ByHook to)) {
            hooks.later(hook, "no-address");
            return false;
        }
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
