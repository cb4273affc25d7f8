@NullMarked
package dev.kept.server.contact;

import org.jspecify.annotations.NullMarked;
