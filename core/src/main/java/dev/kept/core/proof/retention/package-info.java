/** What a dry sweep of a store says of the notice's promises on keeping. */
@NullMarked
package dev.kept.core.proof.retention;

import org.jspecify.annotations.NullMarked;
