/** Conditions, moments and reaches as PostgreSQL statements: three-valued, typed, every value a parameter. */
@NullMarked
package dev.kept.stores.postgres.sql;

import org.jspecify.annotations.NullMarked;
