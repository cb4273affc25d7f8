/** Answers as they are kept and handed out: sealed, for a time, to who has proven again who they are; or printed, to be posted. */
@NullMarked
package dev.kept.server.answer;

import org.jspecify.annotations.NullMarked;
