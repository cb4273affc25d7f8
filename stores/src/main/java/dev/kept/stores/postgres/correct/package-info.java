/** Carries a correction (GDPR Art. 16) out: everything is looked at first, then changed in one statement, in one transaction. */
@NullMarked
package dev.kept.stores.postgres.correct;

import org.jspecify.annotations.NullMarked;
