@NullMarked
package dev.kept.core.live;

import org.jspecify.annotations.NullMarked;
