package dev.kept.server.proof;

import dev.kept.core.proof.Evidence;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the ledger says of a report.
 *
 * @param files the entry's bytes and its proof, by the names the evidence links to
 */
public record Proven(Evidence evidence, Map<String, byte[]> files) {

    public Proven {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /** As documents write it. */
    Map<String, Object> said() {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("entry", evidence.index());
        said.put("log", evidence.log());
        said.put("key", evidence.key());
        said.put("entryFile", evidence.entryFile());
        said.put("proofFile", evidence.proofFile());
        return said;
    }
}
