@NullMarked
package dev.kept.server.start;

import org.jspecify.annotations.NullMarked;
