@NullMarked
package dev.kept.server.schedule;

import org.jspecify.annotations.NullMarked;
