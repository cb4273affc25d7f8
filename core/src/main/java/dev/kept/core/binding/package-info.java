/** Ties a data map to the notice and to the live schema: links, roles, whose and for what every column is. */
@NullMarked
package dev.kept.core.binding;

import org.jspecify.annotations.NullMarked;
