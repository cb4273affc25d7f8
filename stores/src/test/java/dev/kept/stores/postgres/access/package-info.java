@NullMarked
package dev.kept.stores.postgres.access;

import org.jspecify.annotations.NullMarked;
