@NullMarked
package dev.kept.core.proof;

import org.jspecify.annotations.NullMarked;
