/** What people see, looked at with a real Chromium. */
@NullMarked
package dev.kept.browser;

import org.jspecify.annotations.NullMarked;
