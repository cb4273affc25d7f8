/** Where Kept finds things: the notice's folder, {@code kept.yaml}, the environment. */
@NullMarked
package dev.kept.server.configuration;

import org.jspecify.annotations.NullMarked;
