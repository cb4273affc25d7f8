/** Samples of a store's values: only counts leave this package. */
@NullMarked
package dev.kept.stores.postgres.sample;

import org.jspecify.annotations.NullMarked;
