/** One table's part of a run in one store transaction: lock, decide, delete, clear, replace keys, release. */
@NullMarked
package dev.kept.stores.postgres.step;

import org.jspecify.annotations.NullMarked;
