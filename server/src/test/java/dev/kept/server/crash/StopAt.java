package dev.kept.server.crash;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Holds this process at one call: says so on standard output, and goes on when a line comes in on standard input, which it may not live to
 * see. Waits for a first line before it opens any connection.
 *
 * @param phase of the call
 * @param occurrence counts the calls of the phase, from 1
 * @param moment {@code before} the server gets it, or {@code answered}
 */
record StopAt(String phase, int occurrence, String moment, Map<String, Integer> seen) implements Wire.Watch {

    /** The system property that says where: {@code PENDING_NOTED 2 before}; {@code - 0 -} for nowhere. */
    static final String PROPERTY = "kept.test.stop";

    private static final Object GATE = new Object();
    private static boolean opened;

    static StopAt parse(String text) {
        String[] words = text.split(" ", -1);
        return new StopAt(words[0], Integer.parseInt(words[1]), words[2], new HashMap<>());
    }

    @Override
    public void opening() {
        synchronized (GATE) {
            if (!opened) {
                opened = true;
                await("READY");
            }
        }
    }

    @Override
    public Wire.Fate before(Call call) {
        stop(call, "before");
        return Wire.Fate.PASSES;
    }

    @Override
    public Wire.Fate answered(Call call) {
        stop(call, "answered");
        return Wire.Fate.PASSES;
    }

    private synchronized void stop(Call call, String now) {
        if (now.equals(moment) && call.phase().equals(phase)) {
            if (seen.merge(phase, 1, Integer::sum) == occurrence) {
                await("AT " + phase);
            }
        }
    }

    @SuppressWarnings("SystemOut")
    private static void await(String word) {
        System.err.println(word);
        try {
            while (System.in.read() != '\n') {}
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
