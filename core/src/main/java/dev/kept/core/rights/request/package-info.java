/**
 * A request of a person to the controller (chapters 7 and 8): what is asked, the states it goes through, who is known to ask, until when it is
 * answered, on which grounds it may be refused. Decides only: no clock, no store, no text of anybody.
 */
@NullMarked
package dev.kept.core.rights.request;

import org.jspecify.annotations.NullMarked;
