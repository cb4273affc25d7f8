package dev.kept.server.crash;

import java.util.ArrayList;
import java.util.List;

/** Lets the nth of all calls to all databases fail, and tells the calls that were made. */
final class NthCall implements Wire.Watch {

    /** How a call fails. */
    enum Failure {
        /** The server never gets it. */
        NOT_SENT,
        /** The server has done it, and the answer is lost. */
        ANSWER_LOST,
        /** It is under way when the line is lost. */
        UNKNOWN,
        /** Its database is not reached any more. */
        GONE
    }

    private final int nth;
    private final Failure failure;
    private final List<Call> calls = new ArrayList<>();
    private boolean failed;

    NthCall(int nth, Failure failure) {
        this.nth = nth;
        this.failure = failure;
    }

    /** One that lets every call pass. */
    static NthCall none() {
        return new NthCall(0, Failure.NOT_SENT);
    }

    /** What {@code work} comes to with this at the wire. */
    Mill.Said during(java.util.function.Supplier<Mill.Said> work) {
        Wire.watch(this);
        try {
            return work.get();
        } finally {
            Wire.watch(Wire.Watch.NONE);
        }
    }

    @Override
    public synchronized Wire.Fate before(Call call) {
        calls.add(call);
        if (failed
                && failure == Failure.GONE
                && call.database().equals(calls.get(nth - 1).database())) {
            return Wire.Fate.CUT;
        }
        if (calls.size() != nth || failure == Failure.ANSWER_LOST) {
            return Wire.Fate.PASSES;
        }
        failed = true;
        return failure == Failure.UNKNOWN ? Wire.Fate.SENT_AND_CUT : Wire.Fate.CUT;
    }

    @Override
    public synchronized Wire.Fate answered(Call call) {
        if (!failed && failure == Failure.ANSWER_LOST && calls.size() >= nth && calls.get(nth - 1) == call) {
            failed = true;
            return Wire.Fate.CUT;
        }
        return Wire.Fate.PASSES;
    }

    /** Every call that was made. */
    synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The phase of the call that failed; empty where there were not as many. */
    synchronized String phase() {
        return failed ? calls.get(nth - 1).database() + " " + calls.get(nth - 1).phase() : "";
    }
}
