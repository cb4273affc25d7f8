@NullMarked
package dev.kept.core.notice.prose;

import org.jspecify.annotations.NullMarked;
