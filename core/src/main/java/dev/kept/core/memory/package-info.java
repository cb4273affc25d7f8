/** A store in memory and an executor of plans on it: for cases of the notice as data, and for tests. */
@NullMarked
package dev.kept.core.memory;

import org.jspecify.annotations.NullMarked;
