@NullMarked
package dev.kept.server.proof;

import org.jspecify.annotations.NullMarked;
