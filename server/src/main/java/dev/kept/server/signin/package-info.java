/** Who of the company's staff is at work: sign-in by OpenID Connect or by a one-time link, sessions, roles and what each may do, keys for programs. */
@NullMarked
package dev.kept.server.signin;

import org.jspecify.annotations.NullMarked;
