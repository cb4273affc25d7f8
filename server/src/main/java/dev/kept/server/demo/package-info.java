/**
 * The people of the example company: fills its shop database ({@code examples/larkfield/database}) with invented customers
 * and what they did in the three years before a given instant.
 */
@NullMarked
package dev.kept.server.demo;

import org.jspecify.annotations.NullMarked;
