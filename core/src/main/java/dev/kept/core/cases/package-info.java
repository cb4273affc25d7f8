/** Tests of a notice as data: rows and facts are given, and what must come of them is expected. */
@NullMarked
package dev.kept.core.cases;

import org.jspecify.annotations.NullMarked;
