@NullMarked
package dev.kept.server.answer;

import org.jspecify.annotations.NullMarked;
