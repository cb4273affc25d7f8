/** The PostgreSQL store against real servers. */
@NullMarked
package dev.kept.stores.postgres;

import org.jspecify.annotations.NullMarked;
