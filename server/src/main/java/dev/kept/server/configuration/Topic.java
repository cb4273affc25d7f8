package dev.kept.server.configuration;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a company's own endpoint can be told of. Each comes from an entry of the ledger, so that none has anything of a person in it. */
public enum Topic {
    REQUEST_RECEIVED,
    REQUEST_PROVEN,
    REQUEST_ANSWERED,
    REQUEST_REFUSED,
    REQUEST_WITHDRAWN,
    REQUEST_EXPIRED,
    REQUEST_EXTENDED,
    /** A store did not do its part. */
    REQUEST_FAILED,
    REQUEST_OVERDUE,
    /** A recipient has to be told by somebody (Art. 19). */
    RECIPIENT_TASK,
    /** A sweep would take so much that another operator has to say yes. */
    SWEEP_WAITING,
    SWEEP_ENDED,
    /** A promise that was not broken at the proof before. */
    PROMISE_BROKEN,
    /** A store was restored from a backup: refused to every use until it is clean. */
    STORE_ISOLATED,
    STORE_CLEAN,
    /** A letter to the notice's own address came back, or nobody answered it. */
    CONTACT_SILENT,
    HOLD_OPENED,
    HOLD_LIFTED,
    /** This endpoint was told of nothing for too long, and has missed entries of the ledger. */
    SUBSCRIPTION_GAP;

    /** As settings and messages write it: {@code request.received}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    public static Optional<Topic> of(String word) {
        return Arrays.stream(values())
                .filter(topic -> topic.word().equals(word))
                .findFirst();
    }
}
