@NullMarked
package dev.kept.server.inform;

import org.jspecify.annotations.NullMarked;
