@NullMarked
package dev.kept.server.signin;

import org.jspecify.annotations.NullMarked;
