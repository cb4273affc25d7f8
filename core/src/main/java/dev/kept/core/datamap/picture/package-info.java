/** A data map as a picture: who its persons are, how each table is reached from them, what it serves and how long. */
@NullMarked
package dev.kept.core.datamap.picture;

import org.jspecify.annotations.NullMarked;
