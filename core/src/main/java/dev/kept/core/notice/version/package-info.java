/** Versions of a notice: what each froze, how they differ, and what earlier ones still bind (DESIGN section 1, rule 10). */
@org.jspecify.annotations.NullMarked
package dev.kept.core.notice.version;
