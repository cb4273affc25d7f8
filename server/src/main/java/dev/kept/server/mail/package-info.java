/** Mail: letters wait in Kept's own database, are sent by SMTP, and what comes back is seen. */
@NullMarked
package dev.kept.server.mail;

import org.jspecify.annotations.NullMarked;
