/** Verdicts on chapters 7 and 8, from how requests were answered. */
@NullMarked
package dev.kept.core.proof.rights;

import org.jspecify.annotations.NullMarked;
