@NullMarked
package dev.kept.core.ledger;

import org.jspecify.annotations.NullMarked;
