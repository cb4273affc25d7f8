@NullMarked
package dev.kept.stores.postgres.sql;

import org.jspecify.annotations.NullMarked;
