/** Runs: a plan carried out on a store, recorded in Kept's own database, resumable and fenced (DESIGN section 6). */
@NullMarked
package dev.kept.server.run;

import org.jspecify.annotations.NullMarked;
