package dev.kept.core.proof;

/**
 * Where the ledger has a report's verdicts, and what proves it offline: the entry's bytes and a C2SP tlog-proof, verified with the log's key.
 *
 * @param index of the entry in the log
 * @param entryFile the address of the entry's bytes, as pages link to it
 * @param proofFile the address of the tlog-proof
 * @param log the log's name
 * @param key the log's verifier key, as signed-note writes it
 */
public record Evidence(long index, String entryFile, String proofFile, String log, String key) {}
