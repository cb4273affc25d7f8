/** The data map of a store and the catalogue of its live schema (chapter 1: collects). */
@NullMarked
package dev.kept.core.datamap;

import org.jspecify.annotations.NullMarked;
