/**
 * The words that people meet around a notice: what pages, forms and letters of Kept's say of themselves, in the languages it brings along and in those
 * that a company writes itself ({@code words/fi.yaml}).
 */
@NullMarked
package dev.kept.core.wording;

import org.jspecify.annotations.NullMarked;
