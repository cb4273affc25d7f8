/**
 * The PostgreSQL of a {@code .kept/} directory: unpacked, initialised, started detached, shared by the processes that
 * use it and stopped by the last of them.
 */
@NullMarked
package dev.kept.stores.embedded;

import org.jspecify.annotations.NullMarked;
