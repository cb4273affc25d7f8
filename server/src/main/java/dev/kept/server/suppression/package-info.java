/** Gone stays gone: stores that were restored from a backup are looked through for persons who were erased, and those are erased again. */
@NullMarked
package dev.kept.server.suppression;

import org.jspecify.annotations.NullMarked;
