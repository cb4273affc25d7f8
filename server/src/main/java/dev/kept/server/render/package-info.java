/** The notice as files to be put on a site. */
@NullMarked
package dev.kept.server.render;

import org.jspecify.annotations.NullMarked;
