/** Carries plans out on a PostgreSQL store, batch by batch, so that a crash at any moment leaves nothing half-said. */
@NullMarked
package dev.kept.stores.postgres.run;

import org.jspecify.annotations.NullMarked;
