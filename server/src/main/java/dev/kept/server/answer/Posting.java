package dev.kept.server.answer;

import dev.kept.server.answer.PostedLetter.Evidence;
import dev.kept.server.state.Journal;
import dev.kept.server.state.StateChange;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Letters by post in the ledger: noted first, then printed with the number of their entry. */
public final class Posting {

    private final Journal journal;
    private final String ledger;

    /** @param ledger what the ledger is called; where it is served */
    public Posting(Journal journal, String ledger) {
        this.journal = journal;
        this.ledger = ledger;
    }

    /** That a letter is written, with what it answers. */
    public StateChange noted(UUID request, PostedLetter letter) {
        return journal.entry(request, "answer", Map.of("event", "posted", "letter", letter.commitment()));
    }

    /** Where the ledger speaks of a letter; empty where it was not noted. */
    public Optional<Evidence> evidence(UUID request, PostedLetter letter) {
        String commitment = "\"letter\":\"" + letter.commitment() + "\"";
        return journal.of(request).stream()
                .filter(entry -> entry.kind().equals("answer") && entry.json().contains(commitment))
                .findFirst()
                .map(entry -> new Evidence(entry.seq(), ledger));
    }
}
