@NullMarked
package dev.kept.core.proof.page;

import org.jspecify.annotations.NullMarked;
