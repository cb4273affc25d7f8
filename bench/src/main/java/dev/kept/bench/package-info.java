/** Benchmarks, each beside its rival in the same run. */
@NullMarked
package dev.kept.bench;

import org.jspecify.annotations.NullMarked;
