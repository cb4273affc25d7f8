/** Publishing: what would change, whom it touches, and freezing a version. */
@NullMarked
package dev.kept.server.publish;

import org.jspecify.annotations.NullMarked;
