/** The page on which a recipient confirms that it was told. */
@NullMarked
package dev.kept.server.confirm;

import org.jspecify.annotations.NullMarked;
