/** Alive, ended, unknown: one planner for retention, erasure, consent and proof (chapter 5: keeps). */
@NullMarked
package dev.kept.core.lifecycle;

import org.jspecify.annotations.NullMarked;
