@NullMarked
package dev.kept.core.lifecycle;

import org.jspecify.annotations.NullMarked;
