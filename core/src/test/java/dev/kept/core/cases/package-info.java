@NullMarked
package dev.kept.core.cases;

import org.jspecify.annotations.NullMarked;
