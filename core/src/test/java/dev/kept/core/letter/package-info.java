@org.jspecify.annotations.NullMarked
package dev.kept.core.letter;
