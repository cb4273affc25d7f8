@NullMarked
package dev.kept.core.doctor;

import org.jspecify.annotations.NullMarked;
