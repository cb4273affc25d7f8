@NullMarked
package dev.kept.core.binding;

import org.jspecify.annotations.NullMarked;
