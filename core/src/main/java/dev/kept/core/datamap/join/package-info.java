/** Joins that no foreign key declares: guessed from names, types and how many sampled values are found where they would lead. */
@NullMarked
package dev.kept.core.datamap.join;

import org.jspecify.annotations.NullMarked;
