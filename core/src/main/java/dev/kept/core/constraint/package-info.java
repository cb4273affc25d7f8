/** What fits a column when its value is forgotten: NOT NULL, CHECK, UNIQUE and domains, read and evaluated without a database. */
@NullMarked
package dev.kept.core.constraint;

import org.jspecify.annotations.NullMarked;
