package dev.kept.server.ledger;

import dev.kept.core.ledger.BadSignature;
import dev.kept.core.ledger.Checkpoint;
import dev.kept.core.ledger.Flaw;
import dev.kept.core.ledger.Head;
import dev.kept.core.ledger.MalformedLog;
import dev.kept.core.ledger.SignedNote;
import dev.kept.core.ledger.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Checkpoints whose signatures are good; of others it is said why not. */
final class Heads {
    private final String origin;
    private final List<VerifierKey> keys;
    private final Consumer<Flaw> flaws;
    private final List<Head> good = new ArrayList<>();

    Heads(String origin, List<VerifierKey> keys, Consumer<Flaw> flaws) {
        this.origin = origin;
        this.keys = keys;
        this.flaws = flaws;
    }

    /** @param size what is said of its size besides */
    void add(String which, byte[] bytes, Optional<Long> size) {
        try {
            SignedNote note = SignedNote.parse(bytes);
            Checkpoint checkpoint = Checkpoint.verified(note, keys);
            if (!checkpoint.origin().equals(origin)) {
                flaws.accept(new Flaw.CheckpointBroken(which, "it is one of another log"));
            } else if (size.isPresent() && size.get() != checkpoint.size()) {
                flaws.accept(new Flaw.CheckpointBroken(which, "it signs " + checkpoint.size() + " entries"));
            } else if (!new String(bytes, StandardCharsets.UTF_8).equals(note.write())) {
                flaws.accept(new Flaw.CheckpointBroken(which, "it is not in its one spelling"));
            } else {
                good.add(new Head(which, checkpoint.size(), checkpoint.root()));
            }
        } catch (MalformedLog | BadSignature e) {
            flaws.accept(new Flaw.CheckpointBroken(which, String.valueOf(e.getMessage())));
        }
    }

    List<Head> good() {
        return good;
    }

    int count() {
        return good.size();
    }
}
