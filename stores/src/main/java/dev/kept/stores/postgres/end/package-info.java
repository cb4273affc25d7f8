/** Notes in a store's own columns that a use has ended for a person. */
@NullMarked
package dev.kept.stores.postgres.end;

import org.jspecify.annotations.NullMarked;
