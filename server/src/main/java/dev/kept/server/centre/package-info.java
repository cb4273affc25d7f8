/** The public privacy centre: people read, choose, ask, prove who they are, and see what became of it. */
@NullMarked
package dev.kept.server.centre;

import org.jspecify.annotations.NullMarked;
