@NullMarked
package dev.kept.server.task;

import org.jspecify.annotations.NullMarked;
