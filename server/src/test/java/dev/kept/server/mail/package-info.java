@NullMarked
package dev.kept.server.mail;

import org.jspecify.annotations.NullMarked;
