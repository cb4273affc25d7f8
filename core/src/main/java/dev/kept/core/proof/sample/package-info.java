/** What sampled values look like, and what the map denies of them. */
@NullMarked
package dev.kept.core.proof.sample;

import org.jspecify.annotations.NullMarked;
