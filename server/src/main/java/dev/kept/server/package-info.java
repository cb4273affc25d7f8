/** The process: {@code Main} and the parts it wires. */
@NullMarked
package dev.kept.server;

import org.jspecify.annotations.NullMarked;
