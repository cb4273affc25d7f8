@NullMarked
package dev.kept.server.api;

import org.jspecify.annotations.NullMarked;
