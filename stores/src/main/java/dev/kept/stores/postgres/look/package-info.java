/** Looks: what is left to do, what is unknown and what stays, without changing anything. */
@NullMarked
package dev.kept.stores.postgres.look;

import org.jspecify.annotations.NullMarked;
