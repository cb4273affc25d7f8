/** The report: the notice with a verdict beside every sentence, and what a company's own site shows of it. */
@NullMarked
package dev.kept.core.proof.page;

import org.jspecify.annotations.NullMarked;
