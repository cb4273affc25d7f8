@NullMarked
package dev.kept.server.console;

import org.jspecify.annotations.NullMarked;
