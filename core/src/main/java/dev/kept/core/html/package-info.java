/** HTML as text: the one place where what people wrote is told from markup. */
@NullMarked
package dev.kept.core.html;

import org.jspecify.annotations.NullMarked;
