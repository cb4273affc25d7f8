@NullMarked
package dev.kept.server.request;

import org.jspecify.annotations.NullMarked;
