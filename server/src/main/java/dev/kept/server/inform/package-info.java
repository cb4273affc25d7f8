/** Recipients of data are told what became of it (GDPR Art. 19): by mail or by a signed message to an address of theirs, until they confirm it. */
@NullMarked
package dev.kept.server.inform;

import org.jspecify.annotations.NullMarked;
