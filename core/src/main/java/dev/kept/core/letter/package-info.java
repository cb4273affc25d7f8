/**
 * What Kept writes to people: one template a kind of letter and language, with named places for values. A template is text that
 * somebody wrote; a value is text that anybody may have written, and is never read as a template, as Markdown or as HTML.
 */
@NullMarked
package dev.kept.core.letter;

import org.jspecify.annotations.NullMarked;
