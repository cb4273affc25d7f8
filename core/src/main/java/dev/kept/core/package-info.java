/** What a privacy notice means: pure decisions, with time and facts as parameters. */
@NullMarked
package dev.kept.core;

import org.jspecify.annotations.NullMarked;
