package dev.kept.server.proof;

import dev.kept.core.ledger.Checkpoint;
import dev.kept.core.ledger.TlogProof;
import dev.kept.core.proof.Evidence;
import dev.kept.core.proof.Report;
import dev.kept.server.configuration.Home;
import dev.kept.server.ledger.Ledger;
import dev.kept.server.state.Journal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the ledger has of a report, as files that prove it offline. */
final class LedgerEvidence {

    private static final String JSON = ".json";
    private static final String PROOF = ".tlog-proof";
    private static final String KEY = "ledger.vkey";

    private LedgerEvidence() {}

    /** Writes the ledger's tree as far as the report's entry, and proves it; empty where the report was not journalled here. */
    static Optional<Proven> of(Home home, Report report) {
        List<Long> entries = home.state().journal().of(report.id()).stream()
                .map(Journal.Entry::seq)
                .toList();
        return entries.isEmpty() ? Optional.empty() : Optional.of(of(home.ledger(), entries));
    }

    /** @param entries one, or, of a very long report, several: each is proven by itself */
    private static Proven of(Ledger ledger, List<Long> entries) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        String log = "";
        for (int i = 0; i < entries.size(); i++) {
            TlogProof proof = ledger.proof(entries.get(i));
            byte[] leaf = ledger.leaf(entries.get(i));
            log = proof.proves(leaf, ledger.keys())
                    .map(Checkpoint::origin)
                    .orElseThrow(() -> new IllegalStateException("a proof was made that does not hold"));
            String part = i == 0 ? "" : "-" + (i + 1);
            files.put("entry" + part + JSON, leaf);
            files.put("entry" + part + PROOF, proof.write().getBytes(StandardCharsets.UTF_8));
        }
        String key = ledger.keys().getLast().toString();
        files.put(KEY, (key + "\n").getBytes(StandardCharsets.UTF_8));
        return new Proven(new Evidence(entries.getFirst(), "entry" + JSON, "entry" + PROOF, log, key), files);
    }
}
