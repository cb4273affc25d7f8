@NullMarked
package dev.kept.core.check;

import org.jspecify.annotations.NullMarked;
