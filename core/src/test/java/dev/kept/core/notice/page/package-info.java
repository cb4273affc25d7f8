@NullMarked
package dev.kept.core.notice.page;

import org.jspecify.annotations.NullMarked;
