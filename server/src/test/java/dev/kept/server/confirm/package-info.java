@NullMarked
package dev.kept.server.confirm;

import org.jspecify.annotations.NullMarked;
