/** What takes long is done beside the page or call that asked for it. */
@NullMarked
package dev.kept.server.task;

import org.jspecify.annotations.NullMarked;
