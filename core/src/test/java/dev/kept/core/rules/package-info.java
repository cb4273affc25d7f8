/** The rules of the semantics page as examples, written by hand: every planner and executor runs them. */
@NullMarked
package dev.kept.core.rules;

import org.jspecify.annotations.NullMarked;
