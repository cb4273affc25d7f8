@NullMarked
package dev.kept.core.constraint;

import org.jspecify.annotations.NullMarked;
