/** Kept's own state in PostgreSQL: runs and their steps, facts about persons, holds, the journal and the private log. */
@NullMarked
package dev.kept.server.state;

import org.jspecify.annotations.NullMarked;
