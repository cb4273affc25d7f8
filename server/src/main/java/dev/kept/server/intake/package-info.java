/** Requests that another system took in, taken over from a file: each once, however often the file is read. */
@NullMarked
package dev.kept.server.intake;

import org.jspecify.annotations.NullMarked;
