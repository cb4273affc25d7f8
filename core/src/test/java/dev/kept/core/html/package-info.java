@NullMarked
package dev.kept.core.html;

import org.jspecify.annotations.NullMarked;
