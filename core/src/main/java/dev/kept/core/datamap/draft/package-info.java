/** Drafts a data map from a live schema: every guess is marked as one and fails the check until somebody confirms it. */
@NullMarked
package dev.kept.core.datamap.draft;

import org.jspecify.annotations.NullMarked;
