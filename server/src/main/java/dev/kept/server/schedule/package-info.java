/** The retention schedule in words: what happens to every table and column, and when. */
@NullMarked
package dev.kept.server.schedule;

import org.jspecify.annotations.NullMarked;
