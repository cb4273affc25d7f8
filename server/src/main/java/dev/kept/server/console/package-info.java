/** The pages of staff, under {@code /console}: what the company promised, does and owes, and what people asked. */
@NullMarked
package dev.kept.server.console;

import org.jspecify.annotations.NullMarked;
