/** Random notices, schemas, rows and months of life, each from a seed, and what must hold of every executor that sweeps them. */
@NullMarked
package dev.kept.core.model.random;

import org.jspecify.annotations.NullMarked;
