@NullMarked
package dev.kept.stores.postgres.correct;

import org.jspecify.annotations.NullMarked;
