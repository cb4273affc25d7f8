/** Real processes killed in every phase, calls that fail, databases that go away: what is left is finished, and nothing is half-said. */
@NullMarked
package dev.kept.server.crash;

import org.jspecify.annotations.NullMarked;
