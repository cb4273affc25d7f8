/** Mistakes planted in the planner, to see that the rule examples and the random histories find them. */
@NullMarked
package dev.kept.core.mutation;

import org.jspecify.annotations.NullMarked;
