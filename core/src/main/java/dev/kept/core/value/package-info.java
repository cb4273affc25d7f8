/** Values of PostgreSQL's types outside a database: read, held, printed. */
@NullMarked
package dev.kept.core.value;

import org.jspecify.annotations.NullMarked;
