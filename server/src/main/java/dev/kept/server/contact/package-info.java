/** Whether somebody answers at the addresses of the notice (chapter 7): letters there, and what came of them. */
@NullMarked
package dev.kept.server.contact;

import org.jspecify.annotations.NullMarked;
