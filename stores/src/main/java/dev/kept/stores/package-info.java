/** How a plan becomes real in a database: one package a technology. */
@NullMarked
package dev.kept.stores;

import org.jspecify.annotations.NullMarked;
