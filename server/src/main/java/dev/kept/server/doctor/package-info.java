/** A look at the databases themselves: whether Kept can work there, and what will hurt. */
@NullMarked
package dev.kept.server.doctor;

import org.jspecify.annotations.NullMarked;
