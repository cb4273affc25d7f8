/** Looks at live stores and computes the verdicts on the notice's promises. */
@NullMarked
package dev.kept.server.proof;

import org.jspecify.annotations.NullMarked;
