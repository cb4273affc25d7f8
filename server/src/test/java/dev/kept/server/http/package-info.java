@NullMarked
package dev.kept.server.http;

import org.jspecify.annotations.NullMarked;
