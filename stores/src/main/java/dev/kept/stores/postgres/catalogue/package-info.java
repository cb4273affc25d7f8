/** What a live PostgreSQL schema is, read from its system catalogues. */
@NullMarked
package dev.kept.stores.postgres.catalogue;

import org.jspecify.annotations.NullMarked;
