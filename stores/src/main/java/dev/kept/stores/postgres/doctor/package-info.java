/** What a PostgreSQL server is and does beside the tables, read from its system views. */
@NullMarked
package dev.kept.stores.postgres.doctor;

import org.jspecify.annotations.NullMarked;
