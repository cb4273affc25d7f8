@NullMarked
package dev.kept.stores.postgres.sample;

import org.jspecify.annotations.NullMarked;
