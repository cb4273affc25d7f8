/** The whole check of a notice as code: rules, prose, maps, bounds and cases, every problem at once. */
@NullMarked
package dev.kept.core.check;

import org.jspecify.annotations.NullMarked;
