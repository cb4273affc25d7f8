/** The notice as code: chapters, uses, categories, ends (DESIGN sections 1 and 2). */
@NullMarked
package dev.kept.core.notice;

import org.jspecify.annotations.NullMarked;
