/**
 * The notice as prose: Markdown whose sentences name the rules they state and take their values from them
 * ({@code docs/notice-format.md}, "Prose").
 */
@NullMarked
package dev.kept.core.notice.prose;

import org.jspecify.annotations.NullMarked;
