/** What a database server and a role in it must be so that Kept works there, as data: facts in, findings out. */
@NullMarked
package dev.kept.core.doctor;

import org.jspecify.annotations.NullMarked;
