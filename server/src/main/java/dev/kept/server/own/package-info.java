/** What Kept itself holds about requests, as one more store: forgotten by the same planner, looked at like any other. */
@NullMarked
package dev.kept.server.own;

import org.jspecify.annotations.NullMarked;
