@NullMarked
package dev.kept.core.memory;

import org.jspecify.annotations.NullMarked;
