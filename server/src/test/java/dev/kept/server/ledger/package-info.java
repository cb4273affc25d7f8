@NullMarked
package dev.kept.server.ledger;

import org.jspecify.annotations.NullMarked;
