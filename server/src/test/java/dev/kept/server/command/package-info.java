@NullMarked
package dev.kept.server.command;

import org.jspecify.annotations.NullMarked;
