@NullMarked
package dev.kept.server.state;

import org.jspecify.annotations.NullMarked;
