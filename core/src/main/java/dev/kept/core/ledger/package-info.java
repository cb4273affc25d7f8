/**
 * The ledger: an append-only Merkle log (RFC 6962, RFC 9162) as C2SP describes its files — tlog-tiles, tlog-checkpoint, signed-note, tlog-proof — its
 * entries, its proofs, and the audit that recomputes all of it.
 */
@NullMarked
package dev.kept.core.ledger;

import org.jspecify.annotations.NullMarked;
