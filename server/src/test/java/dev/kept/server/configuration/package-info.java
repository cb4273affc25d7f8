@NullMarked
package dev.kept.server.configuration;

import org.jspecify.annotations.NullMarked;
