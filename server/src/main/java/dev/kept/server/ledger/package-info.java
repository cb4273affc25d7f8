/** The ledger on Kept's own database: the journal's entries, the tiles and checkpoints over them, their audit and their files. */
@NullMarked
package dev.kept.server.ledger;

import org.jspecify.annotations.NullMarked;
