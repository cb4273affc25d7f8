/** What a person may ask for, as data: what she sees and until when, what belongs to her, what a correction changes, why a part of it is refused. */
@NullMarked
package dev.kept.core.rights;

import org.jspecify.annotations.NullMarked;
