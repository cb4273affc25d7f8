/** Reads what a person sees of a store: one snapshot, one cursor a table, a handful of rows at a time. */
@NullMarked
package dev.kept.stores.postgres.access;

import org.jspecify.annotations.NullMarked;
