/** The live schema of a store beside its map and its catalogue file: what no longer fits, and what a role may not do. */
@NullMarked
package dev.kept.core.live;

import org.jspecify.annotations.NullMarked;
