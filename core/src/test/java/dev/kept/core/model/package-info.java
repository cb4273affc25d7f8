/**
 * The obviously-correct model: what the notice means, row by row, in plain loops over plain rows.
 *
 * <p>It shares no code with the planner: it reads notice, map and catalogue itself, counts forward in the calendar and finds what goes by
 * a fixpoint. Slow on purpose; every executor is compared with it.
 */
@NullMarked
package dev.kept.core.model;

import org.jspecify.annotations.NullMarked;
