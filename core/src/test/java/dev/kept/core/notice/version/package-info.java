@NullMarked
package dev.kept.core.notice.version;

import org.jspecify.annotations.NullMarked;
