/** Where text came from and what is wrong with it: places, problems, suggestions. Used by every reader. */
@NullMarked
package dev.kept.core.source;

import org.jspecify.annotations.NullMarked;
