@NullMarked
package dev.kept.server.run;

import org.jspecify.annotations.NullMarked;
