@NullMarked
package dev.kept.server.doctor;

import org.jspecify.annotations.NullMarked;
