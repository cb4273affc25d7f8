@NullMarked
package dev.kept.core.rights;

import org.jspecify.annotations.NullMarked;
