@NullMarked
package dev.kept.core.datamap.picture;

import org.jspecify.annotations.NullMarked;
