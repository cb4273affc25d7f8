@NullMarked
package dev.kept.core.value;

import org.jspecify.annotations.NullMarked;
