/** How everything the server does says that it cannot: one sentence, and what to try. */
@NullMarked
package dev.kept.server.failure;

import org.jspecify.annotations.NullMarked;
