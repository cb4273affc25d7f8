/** Erased persons who come back with a restored backup: what they are recognised by, and what is then to be done. */
@NullMarked
package dev.kept.core.suppression;

import org.jspecify.annotations.NullMarked;
