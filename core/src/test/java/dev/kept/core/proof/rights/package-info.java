@NullMarked
package dev.kept.core.proof.rights;

import org.jspecify.annotations.NullMarked;
