/** The package that a person is handed on a request for access: JSON with its schema, CSV and a page to read, in one ZIP. */
@NullMarked
package dev.kept.server.access;

import org.jspecify.annotations.NullMarked;
