@NullMarked
package dev.kept.server.centre;

import org.jspecify.annotations.NullMarked;
