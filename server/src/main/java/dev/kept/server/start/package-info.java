/** What the launcher does once after a build, so that commands start quickly. */
@NullMarked
package dev.kept.server.start;

import org.jspecify.annotations.NullMarked;
