@NullMarked
package dev.kept.core.suppression;

import org.jspecify.annotations.NullMarked;
