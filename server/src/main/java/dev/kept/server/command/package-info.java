/** The command line: one class a command, each of which says what it did in words and by its exit code. */
@NullMarked
package dev.kept.server.command;

import org.jspecify.annotations.NullMarked;
