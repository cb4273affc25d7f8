/** What programs can do over HTTP with JSON: all that staff do about requests in the console, and to read the rest (docs/api.md). */
@NullMarked
package dev.kept.server.api;

import org.jspecify.annotations.NullMarked;
