@NullMarked
package dev.kept.core.proof.sample;

import org.jspecify.annotations.NullMarked;
