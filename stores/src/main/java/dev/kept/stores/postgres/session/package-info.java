/** The one door to a store: connections as narrow as Kept needs them, with what is checked before anything is written. */
@NullMarked
package dev.kept.stores.postgres.session;

import org.jspecify.annotations.NullMarked;
