/** What a person may ask for, as data: what belongs to her, what a request changes, why a part of it is refused. */
@NullMarked
package dev.kept.core.rights;

import org.jspecify.annotations.NullMarked;
