/** The notice as people and machines read it: pages made of its rules and its prose. */
@NullMarked
package dev.kept.core.notice.page;

import org.jspecify.annotations.NullMarked;
