/** What pages are written with. */
@NullMarked
package dev.kept.server.page;

import org.jspecify.annotations.NullMarked;
